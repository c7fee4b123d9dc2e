package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.ClientAddress;
import io.carillon.http.HttpReply;
import io.carillon.protocol.Handshake;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketHandshakeTest {

  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  /** RFC 6455 section 1.3. */
  @Test
  void answersTheKeyOfTheRfcAsTheRfcDoes() {
    assertThat(WebSocketHandshake.acceptOf(KEY)).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    FullHttpResponse response = WebSocketHandshake.accept(request(), "");
    assertThat(response.status().code()).isEqualTo(101);
    assertThat(response.headers().get(HttpHeaderNames.UPGRADE)).isEqualTo("websocket");
    assertThat(response.headers().get(HttpHeaderNames.CONNECTION)).isEqualTo("Upgrade");
    assertThat(response.headers().get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assertThat(response.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)).isFalse();
  }

  @Test
  void answersWithTheSubprotocolThatWasChosen() {
    assertThat(
            WebSocketHandshake.accept(request(), "chat")
                .headers()
                .get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL))
        .isEqualTo("chat");
  }

  @Test
  void readsWhatProtocolsWantToKnow() {
    HttpRequest request = request();
    request
        .headers()
        .add(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, "mqtt , chat,")
        .add(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, "other")
        .add(HttpHeaderNames.AUTHORIZATION, "Bearer x")
        .add(HttpHeaderNames.ORIGIN, "https://a.example")
        .add(HttpHeaderNames.ORIGIN, "https://b.example");
    Handshake handshake = Handshake.of(RequestHeads.of(request, ClientAddress.NONE, "http"));
    assertThat(handshake.path()).isEqualTo("/chat");
    assertThat(handshake.subprotocols()).containsExactly("mqtt", "chat", "other");
    assertThat(handshake.authorization()).isEqualTo("Bearer x");
    assertThat(handshake.origin())
        .as("two are none")
        .isEqualTo("https://a.example,https://b.example");
    assertThat(handshake).asString().isEqualTo("/chat");
  }

  @ParameterizedTest
  @CsvSource({
    "websocket,     Upgrade,               true",
    "WebSocket,     upgrade,               true",
    "websocket,     'keep-alive, Upgrade', true",
    "'h2c, websocket', Upgrade,            true",
    "h2c,           Upgrade,               false",
    "websocket,     keep-alive,            false"
  })
  void knowsWhatAsksForAWebSocket(String upgrade, String connection, boolean asked) {
    HttpRequest request = request();
    request.headers().set(HttpHeaderNames.UPGRADE, upgrade);
    request.headers().set(HttpHeaderNames.CONNECTION, connection);
    assertThat(WebSocketHandshake.isAskedFor(request)).isEqualTo(asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "short", "AAAA", "dGhlIHNhbXBsZSBub25jZTE=", "####################=="})
  void refusesAKeyThatIsNot16BytesInBase64(String key) {
    HttpRequest request = request();
    request.headers().set(HttpHeaderNames.SEC_WEBSOCKET_KEY, key);
    assertThat(WebSocketHandshake.fault(request).map(HttpReply::status)).hasValue(400);
  }

  @Test
  void findsNoFaultWithTheHandshakeOfTheRfc() {
    assertThat(WebSocketHandshake.fault(request())).isEmpty();
  }

  private static HttpRequest request() {
    HttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/chat");
    request
        .headers()
        .set(HttpHeaderNames.UPGRADE, "websocket")
        .set(HttpHeaderNames.CONNECTION, "Upgrade")
        .set(HttpHeaderNames.SEC_WEBSOCKET_KEY, KEY)
        .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
    return request;
  }
}
