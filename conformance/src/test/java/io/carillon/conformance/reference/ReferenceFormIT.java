package io.carillon.conformance.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.NodeKind;
import io.carillon.conformance.rabbitmq.Capture;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The messages that a Carillon node writes into the reference demo's exchange, and those that it
 * may find there.
 */
class ReferenceFormIT {

  private static final String EXCHANGE = "ws.topics";

  private static final int DEMO = 1;
  private static final int REFERENCE = 2;

  @RegisterExtension
  static final Cluster cluster =
      Cluster.of(ReferenceNode.kind(), NodeKind.carillon("--wire", "reference"));

  @BeforeEach
  void awaitDeserted() {
    ReferenceNode.awaitDeserted(cluster.node(DEMO));
  }

  @Test
  void dropsWhatItCannotReadAndSaysSoOnce() throws Exception {
    Client alice = cluster.join(DEMO, "Alice");
    Client bob = cluster.join(REFERENCE, "Bob");
    try (Connection stranger = cluster.vhost().connect("stranger")) {
      Channel channel = stranger.createChannel();
      channel.confirmSelect();

      for (String body : unreadable()) {
        channel.basicPublish(EXCHANGE, "lobby", new BasicProperties(), body.getBytes(UTF_8));
      }
      channel.basicPublish(EXCHANGE, "lobby", null, new byte[] {'{', '"', (byte) 0xFF, '}'});
      channel.waitForConfirmsOrDie(Patience.LIMIT.toMillis());

      alice.send("the next").expect("[lobby] Alice: the next");
      bob.expect("[lobby] Alice: the next").send("well").expect("[lobby] Bob: well");
      assertThat(Http.get(cluster.node(REFERENCE).url(), "/ready").status()).isEqualTo(200);
      assertThat(cluster.node(REFERENCE).log())
          .filteredOn(line -> line.contains("WARN") || line.contains("ERROR"))
          .filteredOn(line -> !line.contains("may open")) // The machine's limit on open files.
          .singleElement()
          .asString()
          .contains("Dropped a broker message that can't be read here");
    }
  }

  private static List<String> unreadable() {
    return List.of(
        "",
        "hello",
        "{",
        "{}",
        "[]",
        "7",
        "null",
        "\"text\"",
        "{\"formattedMessage\":7}",
        "{\"formattedMessage\":null}",
        "{\"formattedMessage\":[\"x\"]}",
        "{\"formattedMessage\":{\"formattedMessage\":\"x\"}}",
        "{\"userName\":\"x\",\"topic\":\"lobby\"}",
        "{\"formattedMessage\":\"cut",
        "{\"formattedMessage\":\"x\",\"n\":1e}",
        "[".repeat(200_000),
        "{\"a\":".repeat(200_000),
        "x".repeat(10_000_000),
        "{\"" + "k".repeat(5_000_000) + "\":1}",
        "{\"n\":" + "9".repeat(1_000_000) + "}");
  }

  @Test
  void inABurstEachPublicationIsAMessageOfItsOwn() throws Exception {
    int messages = 1_000;
    Client alice = cluster.join(REFERENCE, "Alice").subscribe("burst");
    Client bob = cluster.join(DEMO, "Bob").subscribe("burst");
    try (Capture capture = new Capture(cluster.vhost(), EXCHANGE, "burst")) {
      for (int i = 0; i < messages; i++) {
        alice.publish("burst", "" + i);
      }

      for (int i = 0; i < messages; i++) {
        Delivery delivery = capture.next();
        assertThat(Json.parseObject(new String(delivery.getBody(), UTF_8)))
            .containsEntry("formattedMessage", "[burst] Alice: " + i)
            .containsEntry("nodeId", "n" + REFERENCE);
        bob.expect("[burst] Alice: " + i);
      }
    }
  }

  @Test
  void writesTheBodyOfTheDemoFieldByField() throws Exception {
    Client alice = cluster.join(REFERENCE, "Alice").subscribe("body");
    Client bob = cluster.join(DEMO, "Bob").subscribe("body");
    try (Capture capture = new Capture(cluster.vhost(), EXCHANGE, "body")) {
      alice.publish("body", "x").expect("[body] Alice: x");
      bob.expect("[body] Alice: x").publish("body", "x");
      Delivery ours = capture.next();
      Delivery theirs = capture.next();

      assertThat(shapeOf(ours)).isEqualTo(shapeOf(theirs));
      assertThat(ours.getProperties().getContentType())
          .isEqualTo(theirs.getProperties().getContentType());
      assertThat(ours.getProperties().getDeliveryMode())
          .isEqualTo(theirs.getProperties().getDeliveryMode());
    }
  }

  /** The part that is the same in both. */
  private static String shapeOf(Delivery delivery) {
    return new String(delivery.getBody(), UTF_8)
        .replaceAll("\"(n|demo)\\d\"", "\"node\"")
        .replaceAll("Alice|Bob", "Somebody")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z", "a time");
  }
}
