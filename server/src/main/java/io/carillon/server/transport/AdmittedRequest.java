package io.carillon.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import java.util.concurrent.CompletionStage;

/**
 * A whole request that an endpoint wants; it goes from {@link HttpIntake} to {@link HttpRouter}.
 */
final class AdmittedRequest extends DefaultFullHttpRequest {

  private final HttpAdmission.Admitted admitted;

  AdmittedRequest(HttpRequest head, ByteBuf body, HttpAdmission.Admitted admitted) {
    super(head.protocolVersion(), head.method(), head.uri(), body, head.headers(), head.headers());
    this.admitted = admitted;
  }

  /** What its endpoint answers. */
  CompletionStage<HttpReply> answer() {
    ByteBuf body = content();
    return admitted.answer(
        ByteBufUtil.getBytes(body, body.readerIndex(), body.readableBytes(), false));
  }
}
