package io.carillon.server.transport;

import static io.carillon.server.transport.RoutedSocket.assertRefused;
import static io.carillon.server.transport.RoutedSocket.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.carillon.http.ClientAddress;
import io.carillon.http.HttpHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers to plain requests, byte by byte. */
class HttpRouterTest {

  private static final TransportConfig CONFIG = RoutedSocket.CONFIG;

  private final RoutedSocket http = new RoutedSocket();

  @Test
  void asksPlainRequestsToUpgrade() {
    assertThat(http.get("/", ""))
        .startsWith("HTTP/1.1 426 Upgrade Required\r\n")
        .contains("Upgrade: websocket\r\n", "content-length: 16\r\n")
        .endsWith("\r\n\r\nUpgrade Required");
  }

  @Test
  void givesTheGatekeepersAnswer() {
    assertThat(http.get("/up?x=1", ""))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("content-type: application/json\r\n")
        .endsWith("\r\n\r\n{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bug", "/bug/later"})
  void answersARequestWhoseHandlerFails(String path) {
    assertThat(http.get(path, ""))
        .startsWith("HTTP/1.1 500 ")
        .endsWith("\r\n\r\nThis could not be processed.\n");
    assertThat(http.counters.stats(0, 0, 0, 0, 0).refused().values())
        .as("the request was no handshake")
        .containsOnly(0L);
  }

  @Test
  void answersHeadWithoutABody() {
    assertThat(http.send("HEAD /up HTTP/1.1\r\nHost: h\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("content-length: 2\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void tellsTheGatekeeperWhatIsAskedFor() {
    http.get("/up?x=1", "If-None-Match: \"a\"\r\n");
    http.send("DELETE /up HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(http.door.asked)
        .extracting(HttpHead::method, HttpHead::path, head -> head.headers().first("if-none-match"))
        .containsExactly(tuple("GET", "/up", "\"a\""), tuple("DELETE", "/up", ""));
    assertThat(http.door.asked.getFirst())
        .extracting(HttpHead::query, HttpHead::scheme, HttpHead::client)
        .containsExactly("x=1", "http", ClientAddress.NONE);
  }

  /** RFC 9110 section 15.4.5: the answer has no content, so it has no length. */
  @Test
  void saysThatSomethingIsUnchangedWithoutABody() {
    assertThat(http.get("/same", ""))
        .startsWith("HTTP/1.1 304 Not Modified\r\n")
        .contains("ETag: \"x\"\r\n")
        .doesNotContain("content-length", "content-type")
        .endsWith("\r\n\r\n");
    assertThat(http.get("/up", "")).endsWith("{}");
  }

  @Test
  void keepsAConnectionAndAnswersInOrder() {
    assertThat(http.send(request("/up", "") + request("/", "")))
        .matches("(?s)HTTP/1.1 200.*HTTP/1.1 426.*");
    assertThat(http.isOpen()).isTrue();
    assertThat(http.get("/up", "Connection: close\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("connection: close\r\n");
    assertThat(http.isOpen()).isFalse();
  }

  @Test
  void speaksHttp10() {
    assertThat(http.send("GET /up HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"))
        .contains("connection: keep-alive\r\n");
    assertThat(http.isOpen()).isTrue();
    assertThat(http.send("GET /up HTTP/1.0\r\n\r\n")).contains(" 200 OK\r\n");
    assertThat(http.isOpen()).isFalse();
  }

  @Test
  void refusesALineThatIsTooLong() {
    String reply = http.get("/" + "x".repeat(CONFIG.maxRequestLineBytes()), "");
    assertRefused(reply, 414);
    assertThat(reply).contains("8192 bytes, limits.max_request_line");
    assertThat(http.counters.stats(0, 0, 0, 0, 0).refused())
        .containsEntry(RefusalReason.TOO_LONG, 1L);
  }

  @Test
  void refusesHeadersThatAreTooLong() {
    String reply = http.get("/", "X: " + "x".repeat(CONFIG.maxHeaderBytes()) + "\r\n");
    assertRefused(reply, 431);
    assertThat(reply).contains("16384 bytes, limits.max_headers");
    assertThat(http.counters.stats(0, 0, 0, 0, 0).refused())
        .containsEntry(RefusalReason.TOO_LONG, 1L);
  }

  @Test
  void refusesWhatIsNotHttp() {
    assertRefused(http.send("\u0016\u0003\u0001 hello\r\n\r\n"), 400);
  }
}
