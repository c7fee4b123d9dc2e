package io.carillon.adapter.rabbitmq;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.adapter.rabbitmq.Management.Binding;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.testkit.BrokerNode;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node leaves in RabbitMQ, asked of RabbitMQ itself. */
@Timeout(60)
final class RabbitMqTopologyIT {

  private static final Channel SPORTS = Channel.ofTopic("sports");

  private final TestRabbitMq cluster = new TestRabbitMq();
  private final Incarnation incarnation = Incarnation.random(new SplittableRandom());
  private final RabbitMqBroker broker = TestRabbitMq.broker(cluster.config());
  private final BrokerNode node = new BrokerNode(incarnation, broker);

  @AfterEach
  void close() {
    node.close();
    cluster.close();
  }

  @Test
  void exchangesAreTransient() {
    node.start();

    assertThat(cluster.management().exchange(cluster.publicationExchange()))
        .contains("\"type\":\"topic\"", "\"durable\":false", "\"auto_delete\":false");
    assertThat(cluster.management().exchange(cluster.publicationExchange() + ".control"))
        .contains("\"type\":\"fanout\"", "\"durable\":false", "\"auto_delete\":false");
  }

  @Test
  void oneSubscribeIsOneBindingAndOneBind() {
    node.start();

    node.subscribe(SPORTS);

    assertThat(bindings()).extracting(Binding::key).containsExactly("sports");
    assertThat(broker.stats().binding().binds()).isEqualTo(1);
    assertThat(broker.stats().binding().answers()).isEqualTo(1);
  }

  @Test
  void channelsOfAppsAreBoundByAppAndName() {
    node.start();

    node.subscribe(new Channel("app", "a.b"), Channel.ofTopic("#"));

    assertThat(bindings()).extracting(Binding::key).containsExactlyInAnyOrder("app.a%2Eb", "%23");
  }

  @Test
  void unsubscribingRemovesTheBinding() {
    node.start();
    node.subscribe(SPORTS, Channel.ofTopic("news"));

    node.unsubscribe(SPORTS);

    assertThat(bindings()).extracting(Binding::key).containsExactly("news");
  }

  @Test
  void everyNodeHasAnExclusiveQueueThatGoesWithIt() {
    node.start();
    Set<String> queues;
    try (BrokerNode second = cluster.node(cluster.config()).start()) {
      node.subscribe(SPORTS);
      second.subscribe(SPORTS);

      queues = queues();
      assertThat(queues).hasSize(2).allSatisfy(this::assertBoundedAndExclusive);
    }
    node.close();

    await().untilAsserted(() -> assertThat(queues()).isEmpty());
    assertThat(queues).allSatisfy(q -> assertThat(cluster.management().queue(q)).isEmpty());
  }

  private void assertBoundedAndExclusive(String queue) {
    assertThat(cluster.management().queue(queue))
        .contains("\"exclusive\":true", "\"auto_delete\":true", "\"durable\":false")
        .contains("\"x-max-length-bytes\":67108864", "\"x-overflow\":\"drop-head\"");
  }

  @Test
  void busyChannelsPutManyPublicationsIntoOneMessage() {
    node.start();
    node.subscribe(SPORTS);
    int count = 20_000;

    for (int i = 0; i < count; i++) {
      node.publish(SPORTS, Integer.toString(i));
    }

    List<String> heard = node.awaitTexts(SPORTS, count);
    assertThat(heard.getLast()).isEqualTo(Integer.toString(count - 1));
    assertThat(broker.stats().publishing().messages()).isLessThan(count / 10);
  }

  @Test
  void idleChannelsPutEachPublicationIntoItsOwnMessage() {
    node.start();

    for (int i = 0; i < 50; i++) {
      node.publishAccepted(SPORTS, "alone");
    }

    assertThat(broker.stats().publishing().messages()).isEqualTo(50);
  }

  private List<Binding> bindings() {
    return cluster.management().bindings(cluster.publicationExchange());
  }

  private Set<String> queues() {
    return bindings().stream().map(Binding::queue).collect(toSet());
  }
}
