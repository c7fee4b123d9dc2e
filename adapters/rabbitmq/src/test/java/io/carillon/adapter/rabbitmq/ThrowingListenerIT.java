package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerState;
import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.Publication;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.Relay;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever listens fails at everything; that is its own bug, and the adapter goes on. */
@Timeout(60)
final class ThrowingListenerIT {

  private static final Channel NEWS = Channel.ofTopic("news");

  private final TestRabbitMq cluster = new TestRabbitMq();
  private final List<String> told = new CopyOnWriteArrayList<>();

  private final class Thrower implements BrokerListener {
    private void fail(String what) {
      told.add(what);
      throw new AssertionError("a listener's bug, on purpose");
    }

    @Override
    public void onPublication(Publication publication) {
      fail(publication.payload().asText());
    }

    @Override
    public void onControl(ControlMessage message) {
      fail(message.type());
    }

    @Override
    public void onBulk(ControlMessage message) {
      fail("bulk " + message.type());
    }

    @Override
    public void onLost(Collection<Channel> channels) {
      fail("lost");
    }

    @Override
    public void onGap(Gap gap) {
      fail("gap");
    }

    @Override
    public void onState(BrokerState state) {
      fail(state.name());
    }
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void theAdapterDeliversReconnectsAndReportsAsIfNothingHadHappened() {
    try (Relay relay = Relay.to(TestRabbitMq.server());
        BrokerNode other = cluster.node(cluster.config()).start()) {
      RabbitMqBroker broker = TestRabbitMq.broker(cluster.config(TestRabbitMq.at(relay.port())));
      try {
        BrokerNode.await(broker.start(new Incarnation(1, 2), new Thrower()));
        BrokerNode.await(broker.subscribe(List.of(NEWS)));
        other.publishAccepted(NEWS, "one");
        other.publishAccepted(NEWS, "two");
        BrokerNode.await(other.control("join", ""));
        await().until(() -> told.containsAll(List.of("UP", "one", "two", "join")));
        assertThat(broker.stats().connection().outages()).isZero();

        relay.cut();

        await().until(() -> broker.stats().connection().connects() == 2);
        await().until(() -> told.containsAll(List.of("DOWN", "gap")));
        other.publishAccepted(NEWS, "three");
        await().until(() -> told.contains("three"));
      } finally {
        broker.close();
      }
    }
  }
}
