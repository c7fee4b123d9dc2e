package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.impl.AMQConnection;
import io.carillon.adapter.kit.PublishLimits;
import io.carillon.broker.BrokerState;
import io.carillon.broker.Gap;
import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.Relay;
import java.lang.reflect.Field;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is RabbitMQ's own about its connections; see {@link RabbitMqOutageIT} for the rest. */
@Timeout(90)
final class RabbitMqConnectionIT {

  private static final Channel NEWS = Channel.ofTopic("news");

  private final TestRabbitMq cluster = new TestRabbitMq();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void afterAnOutageOneLineSaysHowManyTopicsAreBoundAndWhatWasMissed() {
    try (LogCapture log = new LogCapture();
        Relay relay = Relay.to(TestRabbitMq.server());
        BrokerNode node = cluster.node(cluster.config(TestRabbitMq.at(relay.port()))).start()) {
      List<Channel> channels =
          IntStream.range(0, 600).mapToObj(i -> Channel.ofTopic("topic-" + i)).toList();
      node.subscribe(channels);

      relay.cut();

      assertThat(node.heard().awaitStates(3))
          .containsExactly(BrokerState.UP, BrokerState.DOWN, BrokerState.UP);
      Gap gap = node.heard().gaps().getFirst();
      assertThat(gap.channels()).isEmpty();
      assertThat(gap.from()).isBeforeOrEqualTo(gap.to());
      // The listener hears that the bus is up just before the line is written.
      await()
          .until(
              () -> log.messages(Level.INFO).stream(),
              lines -> lines.anyMatch(line -> line.startsWith("RabbitMQ is back")));
      assertThat(log.messages(Level.INFO))
          .filteredOn(line -> line.startsWith("RabbitMQ is back"))
          .singleElement(InstanceOfAssertFactories.STRING)
          .matches(
              "RabbitMQ is back after [0-9]+ ms; 600 topics are bound again; messages of all topics"
                  + " may have been missed from %s to %s".formatted(gap.from(), gap.to()));
    }
  }

  @Test
  void aFullPublisherRefusesAndRecovers() {
    RabbitMqConfig tight = cluster.config().withPublishing(new PublishLimits(1, 1, 1, 10_000));
    try (BrokerNode node = cluster.node(tight).start()) {
      List<CompletableFuture<PublishOutcome>> outcomes =
          IntStream.range(0, 1_000).mapToObj(i -> node.publish(NEWS, "x".repeat(1_000))).toList();

      assertThat(outcomes.stream().map(BrokerNode::await))
          .hasAtLeastOneElementOfType(PublishOutcome.Refused.class)
          .hasAtLeastOneElementOfType(PublishOutcome.Accepted.class);
      node.publishAccepted(NEWS, "again");
    }
  }

  @Test
  void theSocketsSendWithoutDelay() throws Exception {
    try (ExecutorService consumers = Executors.newCachedThreadPool()) {
      Connector connector =
          new Connector(cluster.config(), consumers, Thread.ofVirtual().factory());
      Connections connections = connector.connect();
      try {
        assertThat(sendsWithoutDelay(connections.receiving())).isTrue();
        assertThat(sendsWithoutDelay(connections.publishing())).isTrue();
      } finally {
        connections.close(Duration.ofSeconds(5));
      }
    }
  }

  private static boolean sendsWithoutDelay(Connection connection) throws Exception {
    Object handler = ((AMQConnection) connection).getFrameHandler();
    Field field = handler.getClass().getDeclaredField("_socket");
    field.setAccessible(true);
    return ((Socket) field.get(handler)).getTcpNoDelay();
  }
}
