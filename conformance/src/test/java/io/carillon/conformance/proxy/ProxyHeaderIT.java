package io.carillon.conformance.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.node.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HAProxy in TCP mode tells a node the addresses of clients by the PROXY protocol. It connects from
 * 127.0.0.2, the only address that the node trusts; clients have 127.0.0.1.
 */
class ProxyHeaderIT {

  private static final String HANDSHAKE =
      """
      GET / HTTP/1.1
      Host: h
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13

      """
          .replace("\n", "\r\n");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"send-proxy", "send-proxy-v2"})
  void aNodeCountsTheClientsOfABalancerByTheirAddresses(String version) throws Exception {
    try (Node node =
        Node.launch(
                Map.of(),
                "--port=0",
                "--set=proxy.trusted=127.0.0.2",
                "--set=proxy.protocol=true",
                "--set=limits.max_connections_per_address=1")
            .awaitReady()) {
      int port = Ports.free();
      Process haproxy = start(node, version, port);
      try {
        await()
            .atMost(Patience.LIMIT)
            .ignoreExceptions()
            .failFast(() -> !haproxy.isAlive())
            .until(() -> answer(port, "GET /up HTTP/1.1\r\nHost: h\r\n\r\n").contains(" 200 "));
        try (Socket client = connect(port, HANDSHAKE)) {
          assertThat(firstLine(client)).startsWith("HTTP/1.1 101 ");
          assertThat(answer(port, HANDSHAKE)).as("a second client").startsWith("HTTP/1.1 429 ");
          assertThat(answer(node.url().getPort(), HANDSHAKE))
              .as("without the balancer")
              .startsWith("HTTP/1.1 429 ");
        }
      } finally {
        haproxy.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
      }
    }
  }

  private static Socket connect(int port, String request) throws IOException {
    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    return socket;
  }

  private static String answer(int port, String request) throws IOException {
    try (Socket socket = connect(port, request)) {
      return firstLine(socket);
    }
  }

  private static String firstLine(Socket socket) throws IOException {
    return String.valueOf(
        new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)).readLine());
  }

  /** The server is used only after a check of its own, with a header without an address. */
  private Process start(Node node, String version, int port) throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("haproxy.cfg"),
            """
            defaults
              mode tcp
              timeout connect 2s
              timeout client 10s
              timeout server 10s
              timeout check 5s
            listen nodes
              bind 127.0.0.1:%d
              option httpchk GET /ready
              server node %s source 127.0.0.2 %s check check-send-proxy inter 200ms
            """
                .formatted(port, node.url().getAuthority(), version));
    Process haproxy =
        new ProcessBuilder("/usr/sbin/haproxy", "-db", "-f", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(haproxy::destroyForcibly));
    return haproxy;
  }
}
