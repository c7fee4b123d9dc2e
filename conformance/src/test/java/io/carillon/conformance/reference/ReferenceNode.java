package io.carillon.conformance.reference;

import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.node.NodeKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The reference demo as a node: a process of Node.js, on this machine's loopback only. */
final class ReferenceNode {
  private ReferenceNode() {}

  /** How a cluster's node is started that is the demo. */
  static NodeKind kind() {
    return (number, uri) -> launch(Map.of("RABBITMQ_URL", uri, "NODE_ID", "demo" + number));
  }

  /** Starts it and doesn't wait for it. Only the variables given here are set. */
  static Node launch(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HOST", "127.0.0.1");
    // It takes 0 for "not given".
    all.putIfAbsent("PORT", "" + Ports.free());
    return Node.start(
        new ProcessBuilder("node", "server.js")
            .directory(Project.root().resolve("conformance/reference-demo").toFile()),
        all,
        "WebSocket server is running on ");
  }

  /**
   * Waits until all of its clients are gone and their topics unbound. A client that joins a topic
   * while it is being unbound would be told so and receive nothing.
   */
  static void awaitDeserted(Node node) {
    await().atMost(Patience.LIMIT).until(() -> isDeserted(node.standardOutput()));
  }

  private static boolean isDeserted(List<String> output) {
    return count(output, "Client connected: ") == count(output, "Client disconnected: ")
        && count(output, "[RabbitMQ] Binding topic ")
            == count(output, "[RabbitMQ] Successfully unbound topic ");
  }

  private static long count(List<String> output, String beginning) {
    return output.stream().filter(line -> line.startsWith(beginning)).count();
  }
}
