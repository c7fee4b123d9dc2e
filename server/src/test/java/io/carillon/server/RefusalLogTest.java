package io.carillon.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** The lines that a node logs at DEBUG about the connections that it refuses. */
@Timeout(30)
@Isolated("reads what is logged")
class RefusalLogTest {

  private static final String HANDSHAKE =
      """
      GET %s HTTP/1.1
      Host: h
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13
      Origin: https://evil.example

      """;

  private static Server server;
  private static InetSocketAddress address;

  private final List<Logger> loggers =
      List.of(
          (Logger) LoggerFactory.getLogger("io.carillon.server.transport.HttpRouter"),
          (Logger) LoggerFactory.getLogger("io.carillon.protocol.pusher.PusherProtocol"));

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeAll
  static void startNode() throws Exception {
    server =
        LocalNode.of(
            Map.of(),
            "port=0",
            "topics.allowed_origins=https://app.example",
            "app_manager.array.apps=[{id: '1', key: key, secret: secret,"
                + " allowed_origins: ['https://app.example']}]");
    address = server.start().toCompletableFuture().get();
  }

  @AfterAll
  static void stopNode() {
    server.close();
  }

  @BeforeEach
  void listen() {
    lines.start();
    for (Logger logger : loggers) {
      logger.setLevel(Level.DEBUG);
      logger.addAppender(lines);
    }
  }

  @AfterEach
  void listenNoMore() {
    for (Logger logger : loggers) {
      logger.detachAppender(lines);
      logger.setLevel(null);
    }
  }

  /** Sends a request, and waits until the answer has a text. */
  private static void ask(String request, String expected) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(ISO_8859_1));
      StringBuilder heard = new StringBuilder();
      while (heard.indexOf(expected) < 0) {
        int next = socket.getInputStream().read();
        assertThat(next).as("the end of %s", heard).isNotNegative();
        heard.append((char) next);
      }
    }
  }

  private void assertLogged(String... parts) {
    assertThat(lines.list).singleElement().satisfies(line -> assertLine(line, parts));
  }

  private static void assertLine(ILoggingEvent line, String... parts) {
    assertThat(line.getLevel()).isEqualTo(Level.DEBUG);
    assertThat(line.getFormattedMessage()).contains(parts).doesNotContain("canary", "secret");
  }

  @Test
  void namesAnOriginThatTopicsRefuse() throws Exception {
    ask(HANDSHAKE.formatted("/a?token=canary"), "HTTP/1.1 403 ");
    assertLogged("A handshake at /a of 127.0.0.1 was refused (403", "\"https://evil.example\"");
  }

  @Test
  void namesAnOriginThatAnAppRefuses() throws Exception {
    ask(HANDSHAKE.formatted("/app/key?protocol=7&x=canary"), "4009");
    assertLogged("App 1 refuses the origin \"https://evil.example\" of 127.0.0.1");
  }

  @Test
  void saysWhichBoundHeadersExceed() throws Exception {
    ask("GET /up HTTP/1.1\nHost: h\nX: " + "canary".repeat(4000) + "\n\n", "HTTP/1.1 431 ");
    assertLogged("A request of 127.0.0.1 was refused (431)", "limits.max_headers");
  }

  @Test
  void namesTheReasonOfARefusedHandshake() throws Exception {
    String handshake = HANDSHAKE.formatted("/app/key").replace("Version: 13", "Version: 8");
    ask(handshake, "HTTP/1.1 426 ");
    assertLogged(
        "A handshake at /app/key of 127.0.0.1 was refused (426, MALFORMED)", "Version: 13");
  }
}
