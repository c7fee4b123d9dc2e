package io.carillon.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.BrokerState;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two servers that are one cluster of NATS. A subscription is known at its own server first, and at
 * the other one some time later.
 */
@Tag("matrix")
@Timeout(60)
final class NatsClusterIT {

  private static final Channel NEWS = Channel.ofTopic("news");

  private final TestNats cluster = new TestNats();
  private final NatsServers servers = new NatsServers(2);
  private final BrokerNode one = TestNats.node(cluster.config(servers.at(0)));
  private final BrokerNode other = TestNats.node(cluster.config(servers.at(1)));

  @AfterEach
  void close() {
    one.close();
    other.close();
    servers.close();
  }

  @Test
  void nodesAtDifferentServersHearEachOther() {
    one.start().subscribe(NEWS);
    other.start().subscribe(NEWS);
    awaitRoutes();

    other.publishAccepted(NEWS, "from the other");
    one.publishAccepted(NEWS, "from the one");
    List<BrokerNode> nodes = List.of(one, other);

    for (BrokerNode node : nodes) {
      await().until(() -> node.texts(NEWS).contains("from the other"));
      await().until(() -> node.texts(NEWS).contains("from the one"));
    }
    BrokerNode.await(one.control(other.incarnation(), "question", ""));
    BrokerNode.await(one.bulk(other.incarnation(), "piece", ""));
    await().until(() -> other.heard().bulk().stream().anyMatch(m -> m.type().equals("piece")));
  }

  /** The servers have told each other of the subscriptions when each node hears the other's. */
  private void awaitRoutes() {
    await().until(() -> reaches(one, other));
    await().until(() -> reaches(other, one));
  }

  private static boolean reaches(BrokerNode from, BrokerNode to) {
    CompletionStage<Void> sent = from.bulk(to.incarnation(), "hello", "");
    from.publishAccepted(NEWS, "hello");
    return !sent.toCompletableFuture().handle((done, failure) -> failure != null).join()
        && to.texts(NEWS).contains("hello");
  }

  @Test
  void aNodeWhoseServerIsKilledGoesOnAtTheOther() throws Exception {
    BrokerNode moving = TestNats.node(cluster.config(servers.all()));
    try {
      moving.start().subscribe(NEWS);
      other.start();

      servers.kill(0);

      other.publishAccepted(NEWS, "hello");
      await()
          .until(
              () -> {
                other.publishAccepted(NEWS, "after");
                return moving.texts(NEWS).contains("after");
              });
      List<BrokerState> states = moving.heard().awaitStates(1);
      assertThat(states).endsWith(BrokerState.UP);
      assertThat(moving.heard().gaps()).hasSize(states.size() / 2);
    } finally {
      moving.close();
    }
  }
}
