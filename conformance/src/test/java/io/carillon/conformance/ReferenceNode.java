package io.carillon.conformance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The reference demo as a node: a process of Node.js, on this machine's loopback only. */
final class ReferenceNode {

  /** Below the range that outgoing connections get their ports from. */
  private static final int LOWEST_PORT = 11_000;

  private static final int HIGHEST_PORT = 20_000;

  private ReferenceNode() {}

  /** Starts it and doesn't wait for it. Only the variables given here are set. */
  static Node launch(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HOST", "127.0.0.1");
    // It takes 0 for "not given".
    all.putIfAbsent("PORT", "" + freePort());
    return Node.start(
        new ProcessBuilder("node", "server.js")
            .directory(Node.root().resolve("conformance/reference-demo").toFile()),
        all,
        "WebSocket server is running on ");
  }

  /**
   * Waits until all who have been its clients are gone and their topics unbound. Whoever joined a
   * topic that is just being unbound would be told so and hear nothing.
   */
  static void awaitDeserted(Node node) {
    await().atMost(Node.PATIENCE).until(() -> isDeserted(node.standardOutput()));
  }

  private static boolean isDeserted(List<String> output) {
    return count(output, "Client connected: ") == count(output, "Client disconnected: ")
        && count(output, "[RabbitMQ] Binding topic ")
            == count(output, "[RabbitMQ] Successfully unbound topic ");
  }

  private static long count(List<String> output, String beginning) {
    return output.stream().filter(line -> line.startsWith(beginning)).count();
  }

  private static int freePort() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException taken) {
        // Another one, then.
      }
    }
    throw new UncheckedIOException(new IOException("no free port"));
  }
}
