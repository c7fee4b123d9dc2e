package io.carillon.server.transport;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderNames.DATE;

import io.carillon.http.HttpReply;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * Writes answers as HTTP: with the date, and with the header that says whether the connection is
 * kept.
 */
final class HttpReplies {

  private static final String KEEP_ALIVE = "Keep-Alive";

  private final HttpDate date;
  private final KeepAlive keepAlive;

  HttpReplies(HttpDate date, KeepAlive keepAlive) {
    this.date = date;
    this.keepAlive = keepAlive;
  }

  /** An answer whose connection is kept. */
  FullHttpResponse kept(FullHttpRequest request, HttpReply reply) {
    FullHttpResponse response = responseTo(request, reply);
    addOption(response.headers(), "keep-alive");
    String time = keepAlive.header();
    if (time != null) {
      response.headers().set(KEEP_ALIVE, time);
    }
    return response;
  }

  /** The last answer of its connection. */
  FullHttpResponse last(FullHttpRequest request, HttpReply reply) {
    FullHttpResponse response = responseTo(request, reply);
    addOption(response.headers(), "close");
    return response;
  }

  /** Some answers have an option of their own (RFC 9110 section 7.8). */
  private static void addOption(HttpHeaders headers, String option) {
    String own = headers.get(CONNECTION);
    headers.set(CONNECTION, own == null ? option : own + ", " + option);
  }

  /** A HEAD request gets only the head, with the length that the body would have. */
  private FullHttpResponse responseTo(FullHttpRequest request, HttpReply reply) {
    FullHttpResponse response = responseOf(reply);
    return request.method().equals(HttpMethod.HEAD)
        ? response.replace(Unpooled.EMPTY_BUFFER)
        : response;
  }

  private FullHttpResponse responseOf(HttpReply reply) {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(body));
    response.headers().set(DATE, date.text());
    if (reply.status() != HttpResponseStatus.NOT_MODIFIED.code()) {
      response.headers().set(CONTENT_TYPE, reply.contentType());
      response.headers().setInt(CONTENT_LENGTH, body.length);
    }
    reply.headers().forEach((name, value) -> response.headers().set(name, value));
    return response;
  }
}
