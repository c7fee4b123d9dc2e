package io.carillon.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The moment at which a node that works alone opens its port. */
@Timeout(120)
class OpeningHoursTest {

  private static final int STARTS = 20;
  private static final String HANDSHAKE =
      """
      GET /?name=Ada HTTP/1.1\r
      Host: h\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """;

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Connects to the port again and again, from before it opens. */
  private static List<String> answers(int port, AtomicBoolean over) {
    List<String> answers = new ArrayList<>();
    while (!over.get() || answers.isEmpty()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write(HANDSHAKE.getBytes(ISO_8859_1));
        answers.add(new String(socket.getInputStream().readNBytes(12), ISO_8859_1));
      } catch (IOException notOpenYet) {
        Thread.onSpinWait();
      }
    }
    return answers;
  }

  /** A client of the Pusher protocol that gets 503 comes back after 15 s. */
  @Test
  void welcomesItsFirstClient() throws Exception {
    for (int start = 0; start < STARTS; start++) {
      int port = freePort();
      AtomicBoolean over = new AtomicBoolean();
      List<String> answers = new ArrayList<>();
      try (Server server = LocalNode.of(Map.of(), "port=" + port)) {
        Thread client = Thread.ofPlatform().start(() -> answers.addAll(answers(port, over)));
        server.start().toCompletableFuture().get();
        over.set(true);
        client.join();
      }
      assertThat(answers).isNotEmpty().containsOnly("HTTP/1.1 101");
    }
  }

  @Test
  void failsWhereThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Server server = LocalNode.of(Map.of(), "port=" + taken.getLocalPort())) {
      String why = "";
      try {
        server.start();
      } catch (IOException e) {
        why = "" + e.getMessage();
      }
      assertThat(why).contains("the port is in use");
    }
  }
}
