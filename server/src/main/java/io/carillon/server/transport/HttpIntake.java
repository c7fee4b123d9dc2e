package io.carillon.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts one connection's requests together and hands them to {@link HttpRouter}, one at a time: what
 * comes while an answer is under way waits with the {@link RequestDecoder}. Runs on the
 * connection's event loop.
 *
 * <p>How long a body may be is known before it is read. A request that an endpoint refuses by its
 * head is refused then, and a body that nobody reads is counted and thrown away, so that strangers
 * can't make the node keep anything. Where such a body is long, its request is answered before it
 * has come. What is refused, or answered so, ends the connection; the rest of it is thrown away.
 */
final class HttpIntake extends ChannelInboundHandlerAdapter implements HttpRouter.Intake {

  /** Enough for requests whose body nobody reads. */
  private static final int MAX_UNREAD_BODY = 8 << 10;

  /** A body of said length gets its memory at once up to here, and further as it comes. */
  private static final int MAX_AT_ONCE = 64 << 10;

  private final Gatekeeper gatekeeper;
  private final RequestDecoder decoder;
  private boolean ended;
  private @Nullable HttpRequest head;

  /** Who wants the body; null when nobody does. */
  private HttpAdmission.@Nullable Admitted admitted;

  private ByteBuf body = Unpooled.EMPTY_BUFFER;
  private int bodyBytes;

  /**
   * @param decoder stands before this in the pipeline
   */
  HttpIntake(Gatekeeper gatekeeper, RequestDecoder decoder) {
    this.gatekeeper = gatekeeper;
    this.decoder = decoder;
  }

  private static HttpHead headOf(HttpRequest request) {
    String target = HttpRouter.pathOf(request.uri());
    int mark = target.indexOf('?');
    return new HttpHead(
        request.method().name(),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        String.join(",", request.headers().getAll(HttpHeaderNames.AUTHORIZATION)),
        request.headers().get(HttpHeaderNames.CONTENT_TYPE, ""));
  }

  @Override
  public void hold(ChannelHandlerContext ctx) {
    decoder.hold();
  }

  @Override
  public void goOn(ChannelHandlerContext ctx) {
    try {
      decoder.goOn(ctx);
    } catch (Exception e) {
      ctx.pipeline().fireExceptionCaught(e);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      HttpObject part = (HttpObject) message;
      if (!ended && part instanceof HttpRequest request) {
        begin(ctx, request);
      }
      if (!ended && part instanceof HttpContent content) {
        append(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    head = request;
    admitted = null;
    bodyBytes = 0;
    if (request.decoderResult().isFailure()) {
      fail(ctx, request.decoderResult().cause());
      return;
    }
    Optional<Exception> refusal =
        HeadRules.fault(request)
            .or(() -> admit(request))
            .or(() -> codingRefusal(request))
            .or(() -> absenceRefusal(request))
            .<Exception>map(RequestRefusedException::new)
            .or(() -> lengthRefusal(request));
    if (refusal.isPresent()) {
      fail(ctx, refusal.get());
    } else if (HttpUtil.is100ContinueExpected(request)) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  /** Asks the endpoint, if there is one. */
  private Optional<HttpReply> admit(HttpRequest request) {
    if (WebSocketHandshake.isAskedFor(request)) {
      return Optional.empty();
    }
    HttpHead asked = headOf(request);
    Optional<HttpEndpoint> endpoint = gatekeeper.endpoint(asked.path());
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    return switch (endpoint.get().admit(asked)) {
      case HttpAdmission.Refused(HttpReply reply) -> Optional.of(reply);
      case HttpAdmission.Admitted wanted -> {
        admitted = wanted;
        yield Optional.empty();
      }
    };
  }

  /** Bodies that nobody reads may be coded as they like. */
  private Optional<HttpReply> codingRefusal(HttpRequest request) {
    return admitted != null && HeadRules.isCoded(request)
        ? Optional.of(admitted.coded().with("Accept-Encoding", "identity"))
        : Optional.empty();
  }

  /** The head doesn't say that a body comes. */
  private Optional<HttpReply> absenceRefusal(HttpRequest request) {
    boolean unsaid =
        HttpUtil.getContentLength(request, -1L) < 0 && !HttpUtil.isTransferEncodingChunked(request);
    return admitted == null || !unsaid ? Optional.empty() : admitted.withoutBody();
  }

  private Optional<Exception> lengthRefusal(HttpRequest request) {
    return HttpUtil.getContentLength(request, -1L) > maxBody()
        ? Optional.of(tooLong(request))
        : Optional.empty();
  }

  private int maxBody() {
    return admitted == null ? MAX_UNREAD_BODY : admitted.maxBodyBytes();
  }

  private Exception tooLong(HttpRequest request) {
    if (admitted != null) {
      return new RequestRefusedException(admitted.tooLong());
    }
    return WebSocketHandshake.isAskedFor(request)
        ? new RequestRefusedException(
            HttpReply.text(413, "The body may have at most " + maxBody() + " bytes.\n"))
        : new UnreadBodyException();
  }

  private void append(ChannelHandlerContext ctx, HttpContent content) {
    HttpRequest request = head;
    if (request == null) {
      return;
    }
    if (content.decoderResult().isFailure()) {
      fail(ctx, content.decoderResult().cause());
      return;
    }
    int more = content.content().readableBytes();
    bodyBytes += more;
    if (bodyBytes > maxBody()) {
      fail(ctx, tooLong(request));
      return;
    }
    if (more > 0 && admitted != null) {
      body = body.isReadable() ? body : newBody(request, more);
      body.writeBytes(content.content());
    }
    if (content instanceof LastHttpContent) {
      hand(ctx, request, request.decoderResult());
    }
  }

  private ByteBuf newBody(HttpRequest request, int atLeast) {
    long said = Math.min(HttpUtil.getContentLength(request, 0L), MAX_AT_ONCE);
    return Unpooled.buffer((int) Math.max(said, atLeast), maxBody());
  }

  private void fail(ChannelHandlerContext ctx, @Nullable Throwable cause) {
    HttpRequest request = head;
    ended = true;
    body = Unpooled.EMPTY_BUFFER;
    if (request != null) {
      hand(
          ctx, request, DecoderResult.failure(cause == null ? new IllegalStateException() : cause));
    }
  }

  private void hand(ChannelHandlerContext ctx, HttpRequest request, DecoderResult result) {
    FullHttpRequest whole =
        admitted == null
            ? new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                body,
                request.headers(),
                request.headers())
            : new AdmittedRequest(request, body, admitted);
    whole.setDecoderResult(result);
    head = null;
    body = Unpooled.EMPTY_BUFFER;
    ctx.fireChannelRead(whole);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ended = true;
    ctx.fireChannelInactive();
  }
}
