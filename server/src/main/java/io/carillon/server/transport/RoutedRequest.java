package io.carillon.server.transport;

import io.carillon.http.HttpAdmission;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;

/**
 * A whole request whose route has decided about it; it goes from {@link HttpIntake} to {@link
 * HttpRouter}.
 */
final class RoutedRequest extends DefaultFullHttpRequest {

  private final HttpAdmission admission;

  RoutedRequest(HttpRequest head, ByteBuf body, HttpAdmission admission) {
    super(head.protocolVersion(), head.method(), head.uri(), body, head.headers(), head.headers());
    this.admission = admission;
  }

  HttpAdmission admission() {
    return admission;
  }

  byte[] body() {
    ByteBuf body = content();
    return ByteBufUtil.getBytes(body, body.readerIndex(), body.readableBytes(), false);
  }
}
