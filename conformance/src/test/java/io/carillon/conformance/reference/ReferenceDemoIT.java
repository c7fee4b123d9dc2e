package io.carillon.conformance.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Delivery;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.rabbitmq.Capture;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Relay;
import io.carillon.conformance.rabbitmq.Vhost;
import io.carillon.conformance.topics.GreetingContract;
import io.carillon.conformance.topics.TopicsProtocolContract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The reference demo is a peer to trust: it speaks the topics protocol as our nodes do, and does in
 * RabbitMQ what its description says.
 */
@Tag("matrix")
class ReferenceDemoIT {

  private static final String EXCHANGE = "ws.topics";

  @RegisterExtension
  static final Cluster cluster = Cluster.of(ReferenceNode.kind(), ReferenceNode.kind());

  @BeforeEach
  void awaitDeserted() {
    cluster.nodes().forEach(ReferenceNode::awaitDeserted);
  }

  @Nested
  class Greeting extends GreetingContract {
    @Override
    protected Cluster cluster() {
      return cluster;
    }
  }

  @Nested
  class TopicsProtocol extends TopicsProtocolContract {
    @Override
    protected Cluster cluster() {
      return cluster;
    }
  }

  @Test
  void carriesMessagesFromNodeToNode() {
    Client alice = cluster.join(1, "Alice").subscribe("sports");
    Client bob = cluster.join(2, "Bob").subscribe("sports");

    alice.publish("sports", "Hello").expect("[sports] Alice: Hello");
    bob.expect("[sports] Alice: Hello").publish("sports", "Hi").expect("[sports] Bob: Hi");
    alice.expect("[sports] Bob: Hi");
  }

  @Test
  void publishesJsonWithTheTopicAsRoutingKey() throws Exception {
    Client alice = cluster.join(1, "Alice \"A\"").subscribe("a b/ü");
    try (Capture capture = new Capture(cluster.vhost(), EXCHANGE, "a b/ü")) {
      alice.publish("a b/ü", "Hello").expect("[a b/ü] Alice \"A\": Hello");

      Delivery delivery = capture.next();
      assertThat(delivery.getEnvelope().getRoutingKey()).isEqualTo("a b/ü");
      assertThat(delivery.getProperties().getContentType()).isEqualTo("application/json");
      assertThat(delivery.getProperties().getDeliveryMode()).isEqualTo(1);
      Map<String, Object> body = Json.parseObject(new String(delivery.getBody(), UTF_8));
      assertThat(Instant.parse("" + body.remove("publishedAt"))).isBefore(Instant.MAX);
      assertThat(body)
          .isEqualTo(
              Map.of(
                  "nodeId", "demo1",
                  "topic", "a b/ü",
                  "formattedMessage", "[a b/ü] Alice \"A\": Hello",
                  "userName", "Alice \"A\""));
    }
  }

  @Test
  void declaresATransientTopicExchangeAndAQueueForEachNode() {
    assertThat(cluster.vhost().exchange(EXCHANGE))
        .containsEntry("type", "topic")
        .containsEntry("durable", false)
        .containsEntry("auto_delete", false);
    List<Map<String, Object>> queues = cluster.vhost().queues();
    assertThat(queues)
        .hasSize(2)
        .allSatisfy(
            queue ->
                assertThat(queue)
                    .containsEntry("exclusive", true)
                    .containsEntry("auto_delete", true)
                    .containsEntry("durable", false)
                    .containsEntry("arguments", Map.of()));
    assertThat(queues)
        .extracting(queue -> "" + queue.get("name"))
        .allMatch(n -> n.matches("amq.gen-.*"));
  }

  @Test
  void hasNoHealthCheck() {
    RawClient client = cluster.dial(1).send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(client.readHead()).startsWith("HTTP/1.1 426 Upgrade Required");
  }

  @Test
  void logsWhatBecomesOfATopic() {
    Client alice = cluster.join(1, "Alice").subscribe("logged");
    alice.publish("logged", "word").expect("[logged] Alice: word").unsubscribe("logged");
    alice.leave();

    Node node = cluster.node(1);
    node.awaitOutput("Client connected: Alice");
    node.awaitOutput("[RabbitMQ] Binding topic \"logged\" to queue amq.gen-");
    node.awaitOutput("Successfully bound topic \"logged\"");
    node.awaitOutput("Client \"Alice\" subscribed to topic \"logged\" (local subscribers: 1)");
    node.awaitOutput(
        "Publishing message to topic \"logged\" (routing key) on exchange \"ws.topics\"");
    node.awaitOutput("Publish confirmation received for topic \"logged\"");
    node.awaitOutput("Received message on topic \"logged\" from node demo1: [logged] Alice: word");
    node.awaitOutput("Unbinding topic \"logged\"");
    node.awaitOutput("Successfully unbound topic \"logged\"");
    node.awaitOutput("Cleaning up 1 subscriptions for disconnecting client \"Alice\": lobby");
    node.awaitOutput("Client disconnected: Alice");
  }

  @Test
  void endsWithTheLastClientAfterSigterm() {
    try (Cluster own = Cluster.of(ReferenceNode.kind()).start()) {
      Client alice = own.join(1, "Alice");
      own.node(1).terminate();
      own.node(1).awaitOutput("Shutting down due to SIGTERM.");
      alice.send("still here").expect("[lobby] Alice: still here").leave();

      assertThat(own.node(1).exitCode()).isZero();
    }
  }

  @Test
  void endsWithItsBroker() throws Exception {
    RabbitAdmin admin = new RabbitAdmin();
    try (Vhost vhost = admin.createVhost();
        Relay relay = new Relay(admin.host(), admin.port())) {
      relay.plugIn();
      try (Node node =
          ReferenceNode.launch(Map.of("RABBITMQ_URL", vhost.uri("127.0.0.1", relay.port())))) {
        node.awaitReady();
        relay.cut();

        assertThat(node.exitCode()).isEqualTo(1);
        assertThat(node.log())
            .contains(
                "[RabbitMQ] Connection closed unexpectedly. Exiting so the process manager can"
                    + " restart this node.");
      }
    }
  }

  @Test
  void doesNotStartWithoutABroker() {
    try (Node node = ReferenceNode.launch(Map.of("RABBITMQ_URL", "amqp://127.0.0.1:1"))) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.log()).anyMatch(line -> line.startsWith("Startup failed: "));
    }
  }
}
