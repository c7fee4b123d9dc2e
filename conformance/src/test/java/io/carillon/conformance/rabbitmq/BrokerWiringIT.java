package io.carillon.conformance.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Delivery;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.TcpTable;
import io.carillon.conformance.metrics.Metrics;
import io.carillon.conformance.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What RabbitMQ itself says about its nodes. */
class BrokerWiringIT {

  @RegisterExtension static final Cluster cluster = Cluster.of(2, "--unbind-linger", "200ms");

  @Test
  void everyNodeHasAnExclusiveQueueOfItsOwnThatGoesWithIt() {
    try (Cluster own = Cluster.of(2).start()) {
      own.join(1, "Alice");
      own.join(2, "Bob");
      List<String> bound = own.vhost().queuesBoundTo("lobby");
      assertThat(bound).hasSize(2).doesNotHaveDuplicates();
      assertThat(own.vhost().queues())
          .filteredOn(queue -> bound.contains(queue.get("name")))
          .hasSize(2)
          .allSatisfy(
              queue ->
                  assertThat(queue)
                      .containsEntry("exclusive", true)
                      .containsEntry("durable", false));
      List<?> all = names(own.vhost());

      own.node(1).terminate();
      assertThat(own.node(1).exitCode()).isNotNegative();

      await().atMost(Patience.LIMIT).until(() -> own.vhost().queuesBoundTo("lobby").size() == 1);
      List<?> left = names(own.vhost());
      assertThat(left).as("all queues of both: %s", all).hasSize(all.size() / 2);
      own.node(2).kill();
      await().atMost(Patience.LIMIT).until(() -> names(own.vhost()).isEmpty());
    }
  }

  private static List<?> names(Vhost vhost) {
    return vhost.queues().stream().map(queue -> queue.get("name")).toList();
  }

  @Test
  void theExchangeIsATransientTopicExchange() {
    assertThat(cluster.vhost().exchange(Vhost.EXCHANGE))
        .containsEntry("type", "topic")
        .containsEntry("durable", false)
        .containsEntry("auto_delete", false);
  }

  @Test
  void theRoutingKeyIsTheTopic() throws Exception {
    Client alice = cluster.join(1, "Alice").subscribe("sports").subscribe("other");
    try (Capture capture = new Capture(cluster.vhost(), "sports")) {
      alice.publish("other", "not this").expect("[other] Alice: not this");
      alice.publish("sports", "Hello").expect("[sports] Alice: Hello");

      Delivery delivery = capture.next();
      assertThat(delivery.getEnvelope().getRoutingKey()).isEqualTo("sports");
      assertThat(new String(delivery.getBody(), UTF_8)).contains("sports", "Alice", "Hello");
    }
  }

  @Test
  void noTopicIsAPatternToRabbit() {
    Client alice = cluster.join(1, "Alice");
    List<String> topics = List.of("#", "*", "a.*", "a.#", "*.b", "#.#", ".", "..", "a.b");
    topics.forEach(alice::subscribe);

    assertThat(cluster.vhost().bindings())
        .hasSizeGreaterThan(topics.size())
        .noneMatch(binding -> binding.key().matches(".*[.*#].*"));
  }

  @Test
  void fiftySubscribersShareOneBinding() {
    for (int i = 0; i < 50; i++) {
      cluster.join(1, "Client" + i).subscribe("popular");
    }
    assertThat(cluster.vhost().queuesBoundTo("popular")).hasSize(1);
    assertThat(cluster.node(1).log())
        .filteredOn(line -> line.contains("Binding topic \"popular\""))
        .hasSize(1);
  }

  @Test
  void theLastSubscriberTakesTheBindingAlong() {
    Client alice = cluster.join(1, "Alice").subscribe("shared");
    Client bob = cluster.join(1, "Bob").subscribe("shared");

    alice.unsubscribe("shared");
    bob.send("still here").expect("[lobby] Bob: still here");
    assertThat(cluster.vhost().queuesBoundTo("shared")).hasSize(1);

    bob.unsubscribe("shared");
    cluster.vhost().awaitUnbound("shared");
  }

  @Test
  void whoeverGoesWithoutAWordTakesTheBindingAlong() {
    Client alice = cluster.join(1, "Alice").subscribe("abandoned");
    Client bob = cluster.join(2, "Bob").subscribe("abandoned");
    assertThat(cluster.vhost().queuesBoundTo("abandoned")).hasSize(2);

    alice.leave();
    bob.close();

    cluster.vhost().awaitUnbound("abandoned");
  }

  @Test
  void aNodeIsBoundOnlyToWhatItsOwnClientsWant() {
    Client alice = cluster.join(1, "Alice").subscribe("hers");
    Client bob = cluster.join(2, "Bob").subscribe("his");

    List<String> hers = cluster.vhost().queuesBoundTo("hers");
    List<String> his = cluster.vhost().queuesBoundTo("his");
    assertThat(hers).hasSize(1);
    assertThat(his).hasSize(1).doesNotContainAnyElementsOf(hers);
    alice.send("{\"action\":\"list\"}").expect("System: Current subscriptions: hers, lobby");
    bob.send("{\"action\":\"list\"}").expect("System: Current subscriptions: his, lobby");
  }

  @Test
  void aMessageGoesToRabbitOnceAndOnlyToQueuesOfNodesThatWantIt() throws Exception {
    try (Cluster own = Cluster.of(2, Metrics.flags("--unbind-linger", "0s")).start();
        Capture all = new Capture(own.vhost(), "#")) {
      Vhost vhost = own.vhost();
      Client alice = own.join(1, "Alice").subscribe("sports");
      for (int i = 0; i < 9; i++) {
        own.join(1, "Neighbour" + i).subscribe("sports");
      }
      Client bob = own.join(2, "Bob").subscribe("sports");
      for (int i = 0; i < 3; i++) {
        alice.publish("sports", "both " + i).expect("[sports] Alice: both " + i);
        bob.expect("[sports] Alice: both " + i);
      }
      bob.unsubscribe("sports");
      await().atMost(Patience.LIMIT).until(() -> vhost.queuesBoundTo("sports").size() == 1);
      for (int i = 0; i < 100; i++) {
        alice.publish("sports", "one " + i).expect("[sports] Alice: one " + i);
      }
      alice.send("marker").expect("[lobby] Alice: marker");
      bob.expect("[lobby] Alice: marker");

      List<String> keys = new ArrayList<>();
      while (!keys.contains("lobby")) {
        keys.add(all.next().getEnvelope().getRoutingKey());
      }
      assertThat(keys).hasSize(104).filteredOn("sports"::equals).hasSize(103);
      assertThat(received(own.node(1))).isEqualTo(104);
      assertThat(received(own.node(2))).as("three, and the marker").isEqualTo(4);
    }
  }

  private static long received(Node node) {
    return Metrics.of(node)
        .value("carillon_broker_received_publications_total{broker=\"rabbitmq\"}");
  }

  @Test
  void nodesShareNoSocket() throws Exception {
    Client alice = cluster.join(1, "Alice");
    Client bob = cluster.join(2, "Bob");
    alice.send("through Rabbit").expect("[lobby] Alice: through Rabbit");
    bob.expect("[lobby] Alice: through Rabbit");

    List<TcpTable.Connection> first = TcpTable.connectionsOf(cluster.node(1).pid());
    List<TcpTable.Connection> second = TcpTable.connectionsOf(cluster.node(2).pid());
    int rabbit = cluster.vhost().admin().port();
    assertThat(first).anyMatch(connection -> connection.remotePort() == rabbit);
    assertThat(second).anyMatch(connection -> connection.remotePort() == rabbit);
    Set<Integer> portsOfSecond =
        second.stream().map(TcpTable.Connection::localPort).collect(Collectors.toSet());
    assertThat(first)
        .extracting(TcpTable.Connection::remotePort)
        .doesNotContainAnyElementsOf(portsOfSecond);
  }
}
