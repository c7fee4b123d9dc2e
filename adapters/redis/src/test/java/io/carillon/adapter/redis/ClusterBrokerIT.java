package io.carillon.adapter.redis;

import io.carillon.testkit.BrokerContract;
import io.carillon.testkit.BrokerFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cluster of Redis keeps every promise of the contract by sharded pub/sub. */
final class ClusterBrokerIT extends BrokerContract {

  @RegisterExtension private static final ClusterServers SERVERS = new ClusterServers();

  @Override
  protected BrokerFixture newCluster() {
    return new TestCluster(SERVERS.config());
  }
}
