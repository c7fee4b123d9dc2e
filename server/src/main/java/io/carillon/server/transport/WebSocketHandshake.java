package io.carillon.server.transport;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_ACCEPT;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_KEY;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_VERSION;
import static io.netty.handler.codec.http.HttpHeaderNames.UPGRADE;

import io.carillon.http.HttpReply;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** The server's part of the opening handshake (RFC 6455 section 4.2). */
final class WebSocketHandshake {

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String VERSION = "13";
  private static final int KEY_BYTES = 16;

  private WebSocketHandshake() {}

  /** Whether the client asks for a WebSocket. */
  static boolean isAskedFor(HttpRequest request) {
    HttpHeaders headers = request.headers();
    return headers.containsValue(UPGRADE, "websocket", true)
        && headers.containsValue(CONNECTION, "upgrade", true);
  }

  /**
   * Whether a request that doesn't ask for a WebSocket was meant to: it has a part of a handshake.
   */
  static boolean isMeant(HttpRequest request) {
    return request.headers().contains(SEC_WEBSOCKET_KEY)
        || request.headers().containsValue(UPGRADE, "websocket", true);
  }

  /**
   * The answer to a request that doesn't ask for a WebSocket, at a path with nothing else. If the
   * request has a part of a handshake, a proxy may have removed a header.
   */
  static HttpReply notAskedFor(HttpRequest request) {
    HttpHeaders headers = request.headers();
    String missing =
        headers.containsValue(UPGRADE, "websocket", true)
            ? "Connection: Upgrade"
            : "Upgrade: websocket";
    String body =
        isMeant(request)
            ? "Upgrade Required: \"" + missing + "\" is missing; a proxy may have removed it."
            : "Upgrade Required";
    return HttpReply.upgradeRequired(body);
  }

  /** What is wrong with the handshake; empty if it is valid. */
  static Optional<HttpReply> fault(HttpRequest request) {
    if (!request.method().equals(HttpMethod.GET)
        || !request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      return Optional.of(
          HttpReply.text(400, "A WebSocket handshake is a GET request of HTTP/1.1.\n"));
    }
    if (!VERSION.equals(request.headers().get(SEC_WEBSOCKET_VERSION))) {
      return Optional.of(
          HttpReply.upgradeRequired("Sec-WebSocket-Version: 13 is required.\n")
              .with(SEC_WEBSOCKET_VERSION.toString(), VERSION));
    }
    if (!isKey(request.headers().get(SEC_WEBSOCKET_KEY, ""))) {
      return Optional.of(
          HttpReply.text(400, "Sec-WebSocket-Key: 16 bytes in base64 are required.\n"));
    }
    return Optional.empty();
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /**
   * The answer to a valid handshake.
   *
   * @param subprotocol the chosen subprotocol; empty for none
   */
  static FullHttpResponse accept(HttpRequest request, String subprotocol) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
    response
        .headers()
        .set(UPGRADE, "websocket")
        .set(CONNECTION, "Upgrade")
        .set(SEC_WEBSOCKET_ACCEPT, acceptOf(request.headers().get(SEC_WEBSOCKET_KEY, "")));
    if (!subprotocol.isEmpty()) {
      response.headers().set(SEC_WEBSOCKET_PROTOCOL, subprotocol);
    }
    return response;
  }

  static String acceptOf(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
