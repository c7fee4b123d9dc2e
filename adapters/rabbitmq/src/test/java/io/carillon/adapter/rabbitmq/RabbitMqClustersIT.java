package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two clusters that share a vhost and an exchange, and have other names. */
@Timeout(60)
final class RabbitMqClustersIT {

  private static final Channel SPORTS = Channel.ofTopic("sports");

  private final TestRabbitMq rabbit = new TestRabbitMq();
  private final RabbitMqBroker eastern = brokerOf("east");
  private final BrokerNode east = TestRabbitMq.node(eastern).start();
  private final BrokerNode west = TestRabbitMq.node(brokerOf("west")).start();

  private RabbitMqBroker brokerOf(String cluster) {
    RabbitMqConfig config = rabbit.config();
    return TestRabbitMq.broker(
        RabbitMqConfig.of(config.uri(), cluster, cluster).withExchange(config.exchange()));
  }

  @AfterEach
  void close() {
    east.close();
    west.close();
    rabbit.close();
  }

  @Test
  void dropEachOthersMessagesAndCountThem() {
    east.subscribe(SPORTS);
    west.subscribe(SPORTS);
    long before = eastern.stats().receiving().unreadable();

    west.publishAccepted(SPORTS, "of the west");
    BrokerNode.await(west.control("test", "of the west"));
    await().until(() -> eastern.stats().receiving().unreadable() >= before + 2);
    east.publishAccepted(SPORTS, "of the east");

    assertThat(east.awaitTexts(SPORTS, 1)).containsExactly("of the east");
    assertThat(west.awaitTexts(SPORTS, 1)).containsExactly("of the west");
    assertThat(east.heard().controls()).isEmpty();
  }
}
