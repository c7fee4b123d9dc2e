package io.carillon.server.transport;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_ENCODING;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.HOST;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_KEY1;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_KEY2;
import static io.netty.handler.codec.http.HttpHeaderNames.TRANSFER_ENCODING;

import io.carillon.http.HttpReply;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the head of every request has to be, whatever it asks for: one host, and a body whose end
 * every proxy on the way sees at the same place (RFC 9112 sections 3.2 and 6).
 */
final class HeadRules {

  private static final String CHUNKED = "chunked";
  private static final String NOT_IN_A_HOST = " \t,/\\?#@";

  private HeadRules() {}

  /** The answer to a head that breaks a rule; empty for others. */
  static Optional<HttpReply> fault(HttpRequest request) {
    return versionFault(request)
        .or(() -> hostFault(request))
        .or(() -> transferFault(request))
        .or(() -> draftFault(request));
  }

  /** Another major version frames its messages in another way. */
  private static Optional<HttpReply> versionFault(HttpRequest request) {
    return request.protocolVersion().majorVersion() == 1
        ? Optional.empty()
        : Optional.of(HttpReply.text(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here.\n"));
  }

  private static Optional<HttpReply> hostFault(HttpRequest request) {
    List<String> hosts = request.headers().getAll(HOST);
    if (hosts.size() > 1) {
      return Optional.of(HttpReply.text(400, "Host is there twice (expected: once).\n"));
    }
    if (hosts.isEmpty()) {
      return isHttp11(request)
          ? Optional.of(HttpReply.text(400, "Host is missing (expected: once).\n"))
          : Optional.empty();
    }
    return hosts.getFirst().chars().anyMatch(c -> NOT_IN_A_HOST.indexOf(c) >= 0)
        ? Optional.of(HttpReply.text(400, "Host is no host (expected: name, or name:port).\n"))
        : Optional.empty();
  }

  private static boolean isHttp11(HttpRequest request) {
    return request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0;
  }

  /** Only chunked is read. The end of a body with another last coding can't be found. */
  private static Optional<HttpReply> transferFault(HttpRequest request) {
    if (!request.headers().contains(TRANSFER_ENCODING)) {
      return Optional.empty();
    }
    List<String> codings = codings(request, TRANSFER_ENCODING).toList();
    if (!isHttp11(request)) {
      return Optional.of(
          HttpReply.text(400, "Transfer-Encoding needs HTTP/1.1 (expected: Content-Length).\n"));
    }
    if (request.headers().contains(CONTENT_LENGTH)) {
      return Optional.of(
          HttpReply.text(400, "Transfer-Encoding and Content-Length are both there.\n"));
    }
    boolean endsOnce = codings.indexOf(CHUNKED) == codings.size() - 1 && codings.contains(CHUNKED);
    if (!endsOnce) {
      return Optional.of(
          HttpReply.text(400, "Transfer-Encoding does not end with chunked, once.\n"));
    }
    return codings.size() == 1
        ? Optional.empty()
        : Optional.of(HttpReply.text(501, "Only the transfer coding chunked is read here.\n"));
  }

  /**
   * A handshake of the WebSocket protocol's drafts until 2010 (draft-hixie-thewebsocketprotocol-76)
   * has a body of 8 bytes that no length announces. Netty's decoder reads these bytes if both keys
   * are there, and proxies don't know of them.
   */
  private static Optional<HttpReply> draftFault(HttpRequest request) {
    return request.headers().contains(SEC_WEBSOCKET_KEY1)
            || request.headers().contains(SEC_WEBSOCKET_KEY2)
        ? Optional.of(
            HttpReply.text(
                400,
                "Sec-WebSocket-Key1 and Sec-WebSocket-Key2 are of an old draft"
                    + " (expected: Sec-WebSocket-Key, RFC 6455).\n"))
        : Optional.empty();
  }

  /** Whether the body has a content coding, such as compression. */
  static boolean isCoded(HttpRequest request) {
    return codings(request, CONTENT_ENCODING).anyMatch(coding -> !coding.equals("identity"));
  }

  private static Stream<String> codings(HttpRequest request, CharSequence header) {
    return request.headers().getAll(header).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
        .filter(coding -> !coding.isEmpty());
  }
}
