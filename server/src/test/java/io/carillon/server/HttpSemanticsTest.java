package io.carillon.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers of a node to plain HTTP, over a socket of this machine (RFC 9110, RFC 9112). */
@Timeout(30)
class HttpSemanticsTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String HOST = "Host: h\r\n";
  private static final String LAST = "Connection: close\r\n";

  private static final String CHUNKS = "2\r\nhi\r\n0\r\n\r\n";

  private static Server server;
  private static InetSocketAddress address;

  @BeforeAll
  static void start() throws Exception {
    server =
        LocalNode.of(
            Map.of(),
            "port=0",
            "topics.publish_keys=" + KEY,
            "app_manager.array.apps=[{id: '1', key: key, secret: secret}]");
    address = server.start().toCompletableFuture().get();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** All answers until the node closes the connection. */
  private static String send(String request) {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String get(String path, String headers) {
    return send("GET " + path + " HTTP/1.1\r\n" + HOST + LAST + headers + "\r\n");
  }

  private static String publish(String headers) {
    return send(
        "POST /topics/a HTTP/1.1\r\n"
            + "Authorization: Bearer "
            + KEY
            + "\r\n"
            + LAST
            + headers
            + "\r\n");
  }

  @Test
  void sendsTheDateOfEveryAnswer() {
    for (String path : List.of("/", "/up", "/apps/1/channels", "/unknown")) {
      assertThat(get(path, ""))
          .containsPattern(
              "(?i)\r\ndate: (Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug"
                  + "|Sep|Oct|Nov|Dec) \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n");
    }
  }

  @Test
  void tellsClientsHowLongAConnectionIsKept() {
    String first = "GET /up HTTP/1.1\r\n" + HOST + "\r\n";
    assertThat(send(first + "GET /up HTTP/1.1\r\n" + HOST + LAST + "\r\n"))
        .matches(
            "(?is)HTTP/1.1 200 .*\r\nkeep-alive: timeout=75\r\n.*"
                + "HTTP/1.1 200 (?!.*keep-alive: timeout).*connection: close\r\n.*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/unknown", "/up/x", "/node/x", "/app.js", "/apps", "/topic"})
  void answers404WhereNothingIsAndSaysHowToConnect(String path) {
    for (String method : List.of("GET", "PUT", "DELETE")) {
      assertThat(
              send(
                  method
                      + " "
                      + path
                      + " HTTP/1.1\r\n"
                      + HOST
                      + LAST
                      + "Content-Length: 0\r\n\r\n"))
          .startsWith("HTTP/1.1 404 ")
          .contains("WebSocket");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "//apps/1/events, /apps/1/events",
    "/apps//1/events, /apps/1/events",
    "//topics/a, /topics/a",
    "//up, /up",
    "/ready//, /ready/"
  })
  void namesThePathThatIsMeantWhereSlashesAreDoubled(String path, String meant) {
    assertThat(send("POST " + path + " HTTP/1.1\r\n" + HOST + LAST + "Content-Length: 2\r\n\r\n{}"))
        .startsWith("HTTP/1.1 404 ")
        .contains("slash")
        .contains(" " + meant);
  }

  @ParameterizedTest
  @CsvSource({
    "/app/key,''",
    "/app/unknown,''",
    "/any,Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "/any,Upgrade: websocket",
  })
  void answers426WhereAWebSocketIsMeant(String path, String header) {
    String head = header == null || header.isEmpty() ? "" : header + "\r\n";
    assertThat(get(path, head))
        .startsWith("HTTP/1.1 426 ")
        .containsPattern("(?i)\r\nupgrade: websocket\r\n")
        .containsPattern("(?i)\r\nconnection: upgrade, close\r\n");
  }

  @Test
  void answersAWrongVersionOfTheHandshakeWith426AndUpgrade() {
    assertThat(
            send(
                "GET / HTTP/1.1\r\n"
                    + HOST
                    + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Version: 8\r\n\r\n"))
        .startsWith("HTTP/1.1 426 ")
        .containsPattern("(?i)\r\nupgrade: websocket\r\n")
        .containsPattern("(?i)\r\nsec-websocket-version: 13\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: a\r\nHost: a\r\n",
        "Host: a\r\nhost: b\r\n",
        "Host: a b\r\n",
        "Host: a/b\r\n",
        "Host: user@a\r\n"
      })
  void refusesARequestWithoutOneRightHost(String host) {
    assertThat(send("GET /up HTTP/1.1\r\n" + host + "\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("Host");
    assertThat(
            send(
                "GET / HTTP/1.1\r\n"
                    + host
                    + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Version: 13\r\n\r\n"))
        .as("a handshake")
        .startsWith("HTTP/1.1 400 ");
    assertThat(publish(host + "Content-Length: 2\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host:\r\n", "Host: [::1]:8080\r\n", "Host: a.example:80\r\n"})
  void takesAnyRightHost(String host) {
    assertThat(send("GET /up HTTP/1.1\r\n" + host + LAST + "\r\n")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void needsNoHostOfHttp10() {
    assertThat(send("GET /up HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void refusesAnEncodedBody() {
    for (String coding : List.of("gzip", "br", "identity, deflate")) {
      assertThat(publish(HOST + "Content-Encoding: " + coding + "\r\nContent-Length: 2\r\n\r\nhi"))
          .startsWith("HTTP/1.1 415 ")
          .containsPattern("(?i)\r\naccept-encoding: identity\r\n");
    }
    assertThat(publish(HOST + "Content-Encoding: identity\r\nContent-Length: 2\r\n\r\nhi"))
        .startsWith("HTTP/1.1 202 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip, chunked | 501",
        "x-new, chunked | 501",
        "gzip | 400",
        "chunked, gzip | 400",
        "chunked, chunked | 400",
        "identity | 400",
      })
  void refusesOtherTransferCodingsThanChunked(String coding, int status) {
    assertThat(publish(HOST + "Transfer-Encoding: " + coding + "\r\n\r\n2\r\nhi\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status + " ")
        .containsPattern("(?i)\r\nconnection: close\r\n");
    assertThat(
            send("POST /x HTTP/1.1\r\n" + HOST + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n"))
        .startsWith("HTTP/1.1 " + status + " ");
  }

  /** RFC 9112 sections 6.1 and 6.3: another server on the way may have read another length. */
  @Test
  void refusesABodyOfTwoLengths() {
    String chunked = "Transfer-Encoding: chunked\r\n";
    assertThat(publish(HOST + chunked + "Content-Length: 2\r\n\r\n" + CHUNKS))
        .startsWith("HTTP/1.1 400 ");
    assertThat(send("POST /topics/a HTTP/1.0\r\n" + chunked + "\r\n" + CHUNKS))
        .startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ready/", "/up/", "/health/", "/live/", "/ready/?x=1"})
  void answersHealthChecksWithASlashBehind(String path) {
    assertThat(get(path, "")).startsWith("HTTP/1.1 200 ").contains("{\"status\":\"ok\"}");
  }

  /** The request of HAProxy's {@code option httpchk} without a path (RFC 9110 section 9.3.7). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPTIONS / HTTP/1.0\r\n\r\n",
        "OPTIONS / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
      })
  void answersOptionsAsAHealthCheck(String request) {
    assertThat(send(request)).startsWith("HTTP/1.1 200 ").contains("{\"status\":\"ok\"}");
  }

  @ParameterizedTest
  @CsvSource({"/, 200", "/apps/1/events, 405", "/topics/a, 405"})
  void allowsNoPageOfAnotherOriginToUseAnApi(String path, int status) {
    assertThat(
            send(
                "OPTIONS "
                    + path
                    + " HTTP/1.1\r\n"
                    + HOST
                    + LAST
                    + "Origin: https://app.example\r\nAccess-Control-Request-Method: POST\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status + " ")
        .containsIgnoringCase("\r\nallow: ")
        .doesNotContainIgnoringCase("access-control-allow");
  }

  @Test
  void answersTlsAtOnce() {
    assertThat(send("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"))
        .startsWith("HTTP/1.1 400 ")
        .contains("TLS");
  }

  @Test
  void answersTheProxyProtocol() {
    String http = "GET /up HTTP/1.1\r\nHost: h\r\n\r\n";
    for (String header :
        List.of(
            "PROXY TCP4 192.0.2.1 192.0.2.2 1234 80\r\n",
            "\r\n\r\n\u0000\r\nQUIT\n!\u0011\u0000\u000c" + "\u0001".repeat(12))) {
      assertThat(send(header + http)).startsWith("HTTP/1.1 400 ").contains("PROXY");
    }
  }
}
