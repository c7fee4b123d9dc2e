package io.carillon.conformance.proxy;

import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Http;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HAProxy's {@code option httpchk} without a path of its own: it asks with OPTIONS. */
class PlainCheckIT {

  /** The columns of HAProxy's statistics that say that a check was answered with 2xx or 3xx. */
  private static final String PASSED = ",UP,";

  private static final String ANSWERED = ",L7OK,";

  @TempDir private Path folder;

  @Test
  void haproxyTakesANodeForHealthyByItsPlainCheck() throws Exception {
    try (Node node = Node.launch(Map.of(), "--port", "0").awaitReady()) {
      int port = Ports.free();
      Process haproxy = start(node, port);
      try {
        URI statistics = URI.create("http://127.0.0.1:" + port);
        await()
            .atMost(Patience.LIMIT)
            .ignoreExceptions()
            .failFast(() -> !haproxy.isAlive())
            .until(
                () -> Http.get(statistics, "/;csv").body(),
                page ->
                    page.lines()
                        .filter(line -> line.startsWith("nodes,node,"))
                        .anyMatch(line -> line.contains(PASSED) && line.contains(ANSWERED)));
      } finally {
        haproxy.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
      }
    }
  }

  private Process start(Node node, int port) throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("haproxy.cfg"),
            """
            defaults
              mode http
              timeout connect 2s
              timeout client 10s
              timeout server 10s
            frontend statistics
              bind 127.0.0.1:%d
              stats enable
              stats uri /
            backend nodes
              option httpchk
              server node %s check inter 200ms fall 1
            """
                .formatted(port, node.url().getAuthority()));
    Process haproxy =
        new ProcessBuilder("/usr/sbin/haproxy", "-db", "-f", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(haproxy::destroyForcibly));
    return haproxy;
  }
}
