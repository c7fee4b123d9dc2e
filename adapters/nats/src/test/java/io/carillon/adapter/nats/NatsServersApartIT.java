package io.carillon.adapter.nats;

import io.carillon.testkit.BrokerContract;
import io.carillon.testkit.BrokerFixture;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes at two servers of NATS that are 2 ms apart keep every promise of the contract. */
@Tag("matrix")
final class NatsServersApartIT extends BrokerContract {

  @RegisterExtension static final SlowServers SERVERS = new SlowServers(Duration.ofMillis(2));

  @Override
  protected BrokerFixture newCluster() {
    return new ServersApart(SERVERS.get());
  }
}
