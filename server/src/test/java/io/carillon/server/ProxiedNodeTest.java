package io.carillon.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Which address a node takes for a client's, over sockets of this machine: each address may have
 * one connection.
 */
@Timeout(60)
class ProxiedNodeTest {

  private static final String WELCOME = "HTTP/1.1 101 ";
  private static final String REFUSED = "HTTP/1.1 429 ";
  private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
  private static final String CLOSED = "";

  private final List<Socket> clients = new ArrayList<>();
  private Server server;
  private InetSocketAddress address;

  ProxiedNodeTest() throws Exception {
    start("proxy.hops=0");
  }

  private void start(String... settings) throws Exception {
    stop();
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("port=0");
    all.add("limits.max_connections_per_address=1");
    server = LocalNode.of(Map.of(), all.toArray(String[]::new));
    address = server.start().toCompletableFuture().get();
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    clients.clear();
    if (server != null) {
      server.close();
    }
  }

  /** Sends this before a handshake with these headers; the first line of the answer. */
  private String connect(String before, String headers) throws IOException {
    Socket socket = new Socket(address.getAddress(), address.getPort());
    clients.add(socket);
    socket
        .getOutputStream()
        .write(
            (before
                    + "GET /a HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Version: 13\r\n"
                    + headers
                    + "\r\n")
                .getBytes(ISO_8859_1));
    return firstLine(socket);
  }

  private static String firstLine(Socket socket) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int next = socket.getInputStream().read();
          next >= 0 && next != '\r';
          next = socket.getInputStream().read()) {
        line.write(next);
      }
    } catch (IOException reset) {
      return CLOSED;
    }
    return line.toString(ISO_8859_1);
  }

  private static String from(String address) {
    return "X-Forwarded-For: " + address + "\r\n";
  }

  private static String proxy(String address) {
    return "PROXY TCP4 " + address + " 127.0.0.1 4711 80\r\n";
  }

  @Test
  void headersOfStrangersAreIgnored() throws Exception {
    assertThat(connect("", from("192.0.2.1"))).startsWith(WELCOME);
    assertThat(connect("", from("192.0.2.2"))).startsWith(REFUSED);
    assertThat(connect("", "Forwarded: for=192.0.2.3\r\n")).startsWith(REFUSED);
    assertThat(connect("", "X-Real-IP: 192.0.2.4\r\n")).startsWith(REFUSED);
  }

  @Test
  void aTrustedProxyTellsTheAddress() throws Exception {
    start("proxy.trusted=127.0.0.0/8,10.0.0.0/8");
    assertThat(connect("", from("192.0.2.1"))).startsWith(WELCOME);
    assertThat(connect("", from("192.0.2.2"))).startsWith(WELCOME);
    assertThat(connect("", from("192.0.2.2, 10.0.0.7"))).as("two proxies").startsWith(REFUSED);
    assertThat(connect("", from("198.51.100.1, 192.0.2.2"))).as("spoofed").startsWith(REFUSED);
    assertThat(connect("", "Forwarded: for=192.0.2.3\r\n")).as("the proxy").startsWith(WELCOME);
    assertThat(connect("", from("192.0.2.9, nonsense"))).as("the proxy").startsWith(REFUSED);
    assertThat(connect("", from("2001:db8::1"))).startsWith(WELCOME);
    assertThat(connect("", from("2001:db8::2"))).as("the same network").startsWith(REFUSED);
  }

  @Test
  void anAddressHasItsPlaceAgainAfterItsClientHasLeft() throws Exception {
    assertThat(connect("", "")).startsWith(WELCOME);
    clients.removeLast().close();
    String answer = connect("", "");
    for (int i = 0; i < 1000 && answer.startsWith(REFUSED); i++) {
      answer = connect("", "");
    }
    assertThat(answer).startsWith(WELCOME);
  }

  @Test
  void theOtherHeaderIsChosen() throws Exception {
    start("proxy.trusted=127.0.0.1", "proxy.header=forwarded");
    assertThat(connect("", "Forwarded: for=192.0.2.1\r\n")).startsWith(WELCOME);
    assertThat(connect("", "Forwarded: for=192.0.2.2\r\n" + from("1.1.1.1"))).startsWith(WELCOME);
    assertThat(connect("", "Forwarded: for=192.0.2.2\r\n" + from("1.1.1.2"))).startsWith(REFUSED);
  }

  @Test
  void aTrustedProxySpeaksTheProxyProtocol() throws Exception {
    start("proxy.trusted=127.0.0.1", "proxy.protocol=true");
    String second =
        SIGNATURE
            + new String(HexFormat.of().parseHex("2111000cc00002027f00000112671f90"), ISO_8859_1);
    String local = SIGNATURE + new String(HexFormat.of().parseHex("20000000"), ISO_8859_1);
    assertThat(connect(proxy("192.0.2.1"), "")).startsWith(WELCOME);
    assertThat(connect(second, "")).startsWith(WELCOME);
    assertThat(connect(proxy("192.0.2.2"), "")).as("version 1").startsWith(REFUSED);
    assertThat(connect(second, "")).as("version 2").startsWith(REFUSED);
    assertThat(connect(proxy("192.0.2.1"), from("192.0.2.7"))).as("spoofed").startsWith(REFUSED);
    assertThat(connect(local, "")).as("a health check").startsWith(WELCOME);
    assertThat(connect(local, from("192.0.2.8"))).startsWith(REFUSED);
    assertThat(connect("", "")).as("no header").isEqualTo(CLOSED);
    assertThat(connect("PROXY TCP4 x\r\n", "")).isEqualTo(CLOSED);
  }

  @Test
  void theProxyProtocolOfStrangersIsRefused() throws Exception {
    start("proxy.trusted=10.0.0.0/8", "proxy.protocol=true");
    assertThat(connect(proxy("10.0.0.1"), "")).isEqualTo(CLOSED);
    assertThat(connect(SIGNATURE, "")).isEqualTo(CLOSED);
    assertThat(connect("", "")).startsWith(WELCOME);
  }

  @Test
  void tooManyHandshakesASecondAreToldToComeBack() throws Exception {
    start("proxy.trusted=127.0.0.1", "limits.handshakes_per_second=1");
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(connect("", from("192.0.2." + i)));
    }
    assertThat(answers).anyMatch(answer -> answer.startsWith("HTTP/1.1 503 "));
    assertThat(answers.getFirst()).startsWith(WELCOME);
  }
}
