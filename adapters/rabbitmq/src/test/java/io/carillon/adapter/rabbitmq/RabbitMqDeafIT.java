package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.adapter.rabbitmq.Management.Binding;
import io.carillon.broker.BrokerState;
import io.carillon.broker.ForeignForm;
import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.protocol.topics.DemoForm;
import io.carillon.testkit.BrokerNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way from an exchange to a node's queue is lost, and the node itself publishes nothing. */
@Timeout(60)
final class RabbitMqDeafIT {

  private static final Channel NEWS = Channel.ofTopic("news");
  private static final String TOPIC = "{\"type\":\"topic\",\"durable\":false}";
  private static final String DIRECT = "{\"type\":\"direct\",\"durable\":false}";
  private static final String FANOUT = "{\"type\":\"fanout\",\"durable\":false}";

  private final TestRabbitMq cluster = new TestRabbitMq();
  private final Management management = cluster.management();
  private final String exchange = cluster.publicationExchange();

  @AfterEach
  void close() {
    management.deleteExchange(cluster.config().exchange());
    cluster.close();
  }

  @Test
  void aNodeThatOnlyReceivesFindsThatItsExchangeWasDeclaredAnew() {
    try (BrokerNode node = cluster.node(cluster.config()).start()) {
      node.subscribe(NEWS);
      Instant before = Instant.now();

      declareAnew(exchange, TOPIC);

      assertRepaired(node, before);
      try (BrokerNode other = cluster.node(cluster.config()).start()) {
        other.publishAccepted(NEWS, "heard again");
        assertThat(node.awaitTexts(NEWS, 1)).containsExactly("heard again");
      }
    }
  }

  @Test
  void aNodeThatOnlyReceivesFindsThatAnotherDeclaredItsExchangeAnew() {
    try (BrokerNode node = cluster.node(cluster.config()).start();
        BrokerNode publisher = cluster.node(cluster.config()).start()) {
      node.subscribe(NEWS);
      Instant before = Instant.now();
      management.deleteExchange(exchange);

      publisher.publish(NEWS, "into the void");

      assertRepaired(node, before);
      publisher.heard().awaitStates(3);
      publisher.publishAccepted(NEWS, "heard again");
      assertThat(node.awaitTexts(NEWS, 1)).containsExactly("heard again");
    }
  }

  @Test
  void aNodeFindsThatItsControlExchangeWasDeclaredAnew() {
    try (BrokerNode node = cluster.node(cluster.config()).start();
        BrokerNode other = cluster.node(cluster.config()).start()) {
      Instant before = Instant.now();

      declareAnew(Topology.controlExchange(cluster.config()), FANOUT);

      assertRepaired(node, before);
      other.heard().awaitStates(3);
      BrokerNode.await(other.control("type", "heard again"));
      assertThat(node.heard().awaitControls(1)).hasSize(1);
    }
  }

  @Test
  void aNodeFindsThatTheExchangeOfMessagesForOneNodeWasDeclaredAnew() {
    try (BrokerNode node = cluster.node(cluster.config()).start();
        BrokerNode other = cluster.node(cluster.config()).start()) {
      Instant before = Instant.now();

      declareAnew(Topology.nodesExchange(cluster.config()), DIRECT);

      assertRepaired(node, before);
      other.heard().awaitStates(3);
      BrokerNode.await(other.control(node.incarnation(), "type", "heard again"));
      BrokerNode.await(other.bulk(node.incarnation(), "type", "heard again"));
      assertThat(node.heard().awaitControls(1)).hasSize(1);
      assertThat(node.heard().awaitBulk(1)).hasSize(1);
    }
  }

  @Test
  void aNodeThatReadsTwoExchangesFindsThatTheOtherWasDeclaredAnew() {
    try (BrokerNode node = transition().start()) {
      node.subscribe(NEWS);
      Instant before = Instant.now();

      declareAnew(cluster.config().exchange(), TOPIC);

      assertRepaired(node, before);
    }
  }

  /** RabbitMQ counts with a delay of some seconds. */
  @Test
  void aQuietNodeAcknowledgesWhatItHasHeardOnEachLane() {
    try (BrokerNode node = cluster.node(cluster.config()).start()) {
      node.subscribe(NEWS);
      node.publishAccepted(NEWS, "alone");
      node.awaitTexts(NEWS, 1);
      BrokerNode.await(node.control("type", "alone"));
      String control =
          management.bindings(Topology.controlExchange(cluster.config())).getFirst().queue();
      String publications = management.bindings(exchange).getFirst().queue();
      String bulk = bulkQueueBeside(control);

      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  Stream.of(publications, control, bulk)
                      .allMatch(name -> management.queue(name).matches(".*\"ack\":[1-9].*")));
    }
  }

  /** The other queue that the exchange of messages for one node feeds; only probes come to it. */
  private String bulkQueueBeside(String control) {
    return management.bindings(Topology.nodesExchange(cluster.config())).stream()
        .map(Binding::queue)
        .filter(name -> !name.equals(control))
        .findFirst()
        .orElseThrow();
  }

  private void declareAnew(String name, String properties) {
    List<Binding> bindings = management.bindings(name);
    management.deleteExchange(name);
    management.declareExchange(name, properties);
    assertThat(bindings.size() + management.bindings(name).size()).isEqualTo(bindings.size());
  }

  private static void assertRepaired(BrokerNode node, Instant before) {
    assertThat(node.heard().awaitStates(3))
        .containsExactly(BrokerState.UP, BrokerState.DOWN, BrokerState.UP);
    Gap gap = node.heard().gaps().getFirst();
    assertThat(gap.from()).isBeforeOrEqualTo(before);
    assertThat(gap.to()).isAfter(before);
    assertThat(Duration.between(before, gap.to())).isLessThan(Duration.ofSeconds(10));
  }

  private BrokerNode transition() {
    Incarnation incarnation = Incarnation.random(new SplittableRandom());
    DemoForm form = new DemoForm("test", incarnation, 64 << 10, System::nanoTime);
    RabbitMqBroker broker =
        new RabbitMqBroker(
            cluster.config(),
            new ForeignForm(form, ForeignForm.Use.READ),
            System::nanoTime,
            InstantSource.system(),
            new SplittableRandom());
    return new BrokerNode(incarnation, broker);
  }
}
