package io.carillon.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.cluster.Cluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The log lets an operator follow a message, and a topic's way in and out of RabbitMQ. */
class LogIT {

  @Test
  void showsBindingsSubscriptionsAndRouting() {
    try (Cluster cluster = Cluster.of(2, "--log-level", "trace", "--unbind-linger", "0s").start()) {
      Client alice = cluster.join(1, "Alice").subscribe("sports");
      Client bob = cluster.join(2, "Bob").subscribe("sports");
      alice.publish("sports", "a secret word").expect("[sports] Alice: a secret word");
      bob.expect("[sports] Alice: a secret word").unsubscribe("sports");

      Node first = cluster.node(1);
      first.awaitLog("Client \"Alice\" connected");
      first.awaitLog("Binding topic \"sports\" to queue ");
      first.awaitLog("Bound topic \"sports\" to queue ");
      first.awaitLog("Client \"Alice\" subscribed to topic \"sports\"");
      first.awaitLog("to \"sports\" on exchange \"ws.topics.v1\"");
      first.awaitLog(
          line -> line.contains("RabbitMQ confirmed a publication to \"sports\": Accepted"));
      Node second = cluster.node(2);
      second.awaitLog(
          line -> line.contains("Received ") && line.contains(" on topic \"sports\" from node "));
      second.awaitLog("Client \"Bob\" unsubscribed from topic \"sports\"");
      second.awaitLog("Unbinding topic \"sports\" from queue ");
      second.awaitLog("Unbound topic \"sports\" from queue ");
      bob.leave();
      second.awaitLog(
          line -> line.contains("Client \"Bob\" disconnected") && line.endsWith("1 topics: lobby"));
      assertThat(first.output() + second.output())
          .doesNotContain("a secret word")
          .doesNotContain(cluster.vhost().admin().password());
    }
  }

  /** A name that would forge a line, in every way that a line can end. */
  private static final String FORGER = "Eve\r\n2026 ERROR forged\u0085forged\u2028forged\u001B[31m";

  private static final String FORGER_IN_QUERY =
      "/?name=Eve%0D%0A2026%20ERROR%20forged%C2%85forged%E2%80%A8forged%1B%5B31m";

  @Test
  void isAnObjectALineForMachines() throws Exception {
    List<String> lines = logOf("--log-format", "json");

    for (String line : lines) {
      Map<String, Object> entry = Json.parseObject(line);
      assertThat(entry).containsEntry("node", "the-node").containsKeys("message", "level");
      if (String.valueOf(entry.get("message")).startsWith("Client \"Eve")) {
        assertThat(String.valueOf(entry.get("connection"))).isNotBlank();
        assertThat(String.valueOf(entry.get("message"))).contains(FORGER);
      }
    }
    assertThat(lines).filteredOn(line -> line.contains("Client \\\"Eve")).hasSize(3);
  }

  @Test
  void isALineForPeopleThatNobodyCanForge() throws Exception {
    List<String> lines = logOf("--log-format", "text");

    assertThat(lines).filteredOn(line -> line.contains("Client \"Eve")).hasSize(3);
    assertThat(lines).allMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d.*"));
    assertThat(String.join("", lines)).doesNotContain("\u0085", "\u2028", "\u001B");
  }

  private static List<String> logOf(String... format) throws Exception {
    try (Node node =
            Node.launch(
                    Map.of("NODE_ID", "the-node"),
                    List.of("--port=0", "--log-level=debug", format[0], format[1]))
                .awaitReady();
        Client eve = Client.connect(node.url().resolve(FORGER_IN_QUERY))) {
      eve.expect("Welcome, " + FORGER + "!", "System: Subscribed to \"lobby\".").next();
      eve.leave();
      node.awaitLog("disconnected");
      return node.log();
    }
  }
}
