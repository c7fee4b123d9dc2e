package io.carillon.adapter.nats;

import static org.awaitility.Awaitility.await;

import io.carillon.message.Incarnation;
import io.carillon.testkit.BrokerContract;
import io.carillon.testkit.BrokerFixture;
import io.carillon.testkit.BrokerNode;
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

  /** The server of the vanished node tells the other server after the delay. */
  @Override
  public void awaitUnreachable(BrokerNode sender, Incarnation vanished) {
    await()
        .until(
            () ->
                sender
                    .control(vanished, "hello", "")
                    .handle((done, failure) -> failure != null)
                    .toCompletableFuture()
                    .join());
  }
}
