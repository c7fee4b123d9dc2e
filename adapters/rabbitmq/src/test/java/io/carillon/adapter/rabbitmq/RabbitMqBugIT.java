package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.carillon.adapter.kit.BrokerStats;
import io.carillon.broker.BrokerState;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.testkit.BrokerNode;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our own code fails while the AMQP client calls it, which the client would pass over. */
@Timeout(60)
final class RabbitMqBugIT {

  private static final Channel NEWS = Channel.ofTopic("news");

  private final TestRabbitMq cluster = new TestRabbitMq();

  /** What can't be read is counted and logged by the clock, so a clock can be a bug. */
  private final AtomicBoolean clockFails = new AtomicBoolean();

  private long nanoTime() {
    if (clockFails.get() && Thread.currentThread().getName().contains("rabbitmq-consumer")) {
      throw new AssertionError("a bug, on purpose");
    }
    return System.nanoTime();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void anErrorWhileReceivingIsSaidOnceAndCostsTheConnection() throws Exception {
    Incarnation incarnation = Incarnation.random(new SplittableRandom());
    RabbitMqBroker broker =
        new RabbitMqBroker(
            cluster.config(), this::nanoTime, InstantSource.system(), new SplittableRandom());
    try (LogCapture log = new LogCapture();
        BrokerNode node = new BrokerNode(incarnation, broker).start()) {
      node.subscribe(NEWS);
      clockFails.set(true);

      publishUnreadable(5);

      assertThat(node.heard().awaitStates(3))
          .containsExactly(BrokerState.UP, BrokerState.DOWN, BrokerState.UP);
      clockFails.set(false);
      assertThat(node.heard().gaps()).hasSize(1);
      assertThat(node.heard().gaps().getFirst().reason()).contains("AssertionError");
      assertThat(log.messages(Level.ERROR)).hasSize(1);
      node.publishAccepted(NEWS, "again");
      node.awaitTexts(NEWS, 1);
      RabbitMqStats stats = broker.stats();
      assertThat(stats.connection()).isEqualTo(new BrokerStats.Connection(2, 1));
      assertThat(stats.receiving().outageGaps()).isEqualTo(1);
      assertThat(stats.receiving().unreadable()).isPositive();
      assertThat(stats.publishing().accepted()).isEqualTo(1);
    }
  }

  private void publishUnreadable(int count) throws Exception {
    AmqpUri uri = TestRabbitMq.uri();
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(uri.hosts().getFirst().name());
    factory.setPort(uri.hosts().getFirst().port());
    factory.setUsername(uri.user());
    factory.setPassword(uri.password());
    factory.setVirtualHost(uri.virtualHost());
    try (Connection connection = factory.newConnection()) {
      com.rabbitmq.client.Channel amqp = connection.createChannel();
      amqp.confirmSelect();
      for (int i = 0; i < count; i++) {
        amqp.basicPublish(
            cluster.publicationExchange(),
            "news",
            new AMQP.BasicProperties(),
            "no envelope".getBytes(StandardCharsets.UTF_8));
      }
      amqp.waitForConfirmsOrDie(5_000);
    }
  }
}
