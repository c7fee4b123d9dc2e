package io.carillon.server.transport;

import static io.carillon.server.transport.RoutedSocket.assertRefused;
import static io.carillon.server.transport.RoutedSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.HttpReply;
import io.carillon.protocol.Handshake;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which WebSocket handshakes are accepted, and the answers to the others. */
class HttpHandshakeTest {

  private static final String KEY = RoutedSocket.KEY;
  private static final String VERSION = RoutedSocket.VERSION;
  private static final String ASK = RoutedSocket.ASK;
  private static final String HANDSHAKE = RoutedSocket.HANDSHAKE;

  private final RoutedSocket http = new RoutedSocket();

  @ParameterizedTest
  @CsvSource({"INVALID, 400", "UNAUTHENTICATED, 401", "FORBIDDEN, 403"})
  void tellsAClientWhyItsProtocolRefusesIt(String kind, int status) {
    assertThat(http.get("/?wrong=" + kind, HANDSHAKE))
        .startsWith("HTTP/1.1 " + status + " ")
        .endsWith("\r\n\r\nWrong: " + kind + "\n");
    assertThat(http.isOpen()).isFalse();
    assertThat(http.upgrades).isEmpty();
    assertThat(http.clients.count()).isZero();
  }

  /** The decoder takes 8 bytes after such a head for its body, and proxies don't. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n",
        "Sec-WebSocket-Key1: 1\r\n",
        "sec-websocket-key2: 2\r\n"
      })
  void refusesTheHandshakeOfOldDraftsWhoseBodyHasNoLength(String keys) {
    String reply = http.get("/up", keys);
    assertRefused(reply, 400);
    assertThat(reply).contains("Sec-WebSocket-Key");
    assertThat(http.send(request("/up", ""))).as("nothing is answered behind it").isEmpty();
  }

  @Test
  void letsAHandshakeThrough() {
    assertThat(http.get("/chat?name=Ada", HANDSHAKE)).isEmpty();
    assertThat(http.upgrades).hasSize(1);
    assertThat(http.upgrades.getFirst().path()).isEqualTo("/chat");
    assertThat(http.upgrades.getFirst().query().get("name")).hasValue("Ada");
    assertThat(http.clients.count()).isEqualTo(1);
    http.socket.close();
    assertThat(http.clients.count()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "ws://host/chat?name=Ada,         /chat",
    "http://host:8080/a/b?x=http://y, /a/b",
    "ws://host,                       /",
    "/chat?next=http://x/y,           /chat"
  })
  void readsTheAbsoluteFormOfATarget(String target, String path) {
    http.get(target, HANDSHAKE);
    assertThat(http.upgrades).extracting(Handshake::path).containsExactly(path);
  }

  /** RFC 9112 section 3.2.2: the path may be empty if there is a query. */
  @Test
  void readsTheQueryOfAnAbsoluteFormWithoutAPath() {
    http.get("ws://host?name=a/b", HANDSHAKE);
    assertThat(http.upgrades.getFirst().path()).isEqualTo("/");
    assertThat(http.upgrades.getFirst().query().get("name")).hasValue("a/b");
  }

  @Test
  void refusesAHandshakeWithoutAKeyOrWithABadOne() {
    assertRefused(http.get("/", ASK + VERSION), 400);
    assertRefused(new RoutedSocket().get("/", ASK + VERSION + "Sec-WebSocket-Key: x\r\n"), 400);
  }

  @Test
  void saysWhichVersionItSpeaks() {
    for (String version : List.of("", "Sec-WebSocket-Version: 8\r\n")) {
      assertThat(new RoutedSocket().get("/", ASK + KEY + version))
          .startsWith("HTTP/1.1 426 ")
          .contains("sec-websocket-version: 13\r\n");
    }
  }

  @Test
  void refusesAHandshakeThatIsNoGetOfHttp11() {
    assertRefused(
        http.send("POST / HTTP/1.1\r\nHost: h\r\n" + HANDSHAKE + "Content-Length: 0\r\n\r\n"), 400);
    assertRefused(new RoutedSocket().send("GET / HTTP/1.0\r\n" + HANDSHAKE + "\r\n"), 400);
  }

  @Test
  void refusesWhereNoProtocolIsServed() {
    assertRefused(http.get("/nowhere", HANDSHAKE), 404);
    assertThat(http.clients.count()).isZero();
  }

  @Test
  void givesTheGatekeepersRefusal() {
    http.door.refusal = HttpReply.text(503, "away\n").with("Retry-After", "2");
    String reply = http.get("/", HANDSHAKE);
    assertRefused(reply, 503);
    assertThat(reply).contains("Retry-After: 2\r\n").endsWith("away\n");
  }

  @Test
  void refusesClientsWhenItIsFull() {
    assertThat(http.clients.tryAdd()).isTrue();
    String reply = http.get("/", HANDSHAKE);
    assertRefused(reply, 503);
    assertThat(reply).containsPattern("Retry-After: [1-5]\r\n");
    assertThat(http.clients.count()).as("who was refused is not counted").isEqualTo(1);
    assertThat(http.counters.stats(0, 0, 0, 0, 0).refused()).containsEntry(RefusalReason.FULL, 1L);
  }

  /** To check a token costs more than the rest of a handshake. */
  @Test
  void asksNoProtocolWhenItIsFull() {
    assertThat(http.clients.tryAdd()).isTrue();
    assertRefused(http.get("/?wrong=UNAUTHENTICATED", HANDSHAKE), 503);
  }
}
