package io.carillon.adapter.redis;

import io.carillon.testkit.OutageContract;
import io.carillon.testkit.OutageFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cluster of Redis goes away and comes back as the contract asks. */
final class ClusterOutageIT extends OutageContract {

  @RegisterExtension private static final ClusterServers SERVERS = new ClusterServers();

  @Override
  protected OutageFixture newCluster() {
    return new OutageCluster(SERVERS.config());
  }
}
