package io.carillon.server.transport;

import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpAdmission.Admitted;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoutes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
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
 * <p>How long a body may be is known before it is read. A request that its route refuses by its
 * head is refused then, and a body that nobody reads is counted and thrown away, so that strangers
 * can't make the node keep anything. Where such a body is long, its request is answered before it
 * has come. What is refused, or answered so, ends the connection; the rest of it is thrown away.
 */
final class HttpIntake extends ChannelInboundHandlerAdapter implements HttpRouter.Intake {

  /** Enough for requests whose body nobody reads. */
  private static final int MAX_UNREAD_BODY = 8 << 10;

  /** A body of said length gets its memory at once up to here, and further as it comes. */
  private static final int MAX_AT_ONCE = 64 << 10;

  private final HttpRoutes routes;
  private final RequestDecoder decoder;
  private final HttpContext context;
  private boolean ended;
  private @Nullable HttpRequest head;

  /** What the request's route has decided; null for handshakes, and before. */
  private @Nullable HttpAdmission admission;

  private ByteBuf body = Unpooled.EMPTY_BUFFER;
  private int bodyBytes;

  /**
   * @param decoder stands before this in the pipeline
   */
  HttpIntake(HttpRoutes routes, RequestDecoder decoder, HttpContext context) {
    this.routes = routes;
    this.decoder = decoder;
    this.context = context;
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
    admission = null;
    bodyBytes = 0;
    if (request.decoderResult().isFailure()) {
      fail(ctx, request.decoderResult().cause());
      return;
    }
    Optional<Exception> refusal =
        HeadRules.fault(request)
            .or(() -> refusal(ctx, request))
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

  /** Asks the request's route. */
  private Optional<HttpReply> refusal(ChannelHandlerContext ctx, HttpRequest request) {
    if (WebSocketHandshake.isAskedFor(request)) {
      return Optional.empty();
    }
    HttpAdmission decided = routes.admit(RequestHeads.of(request, ctx.channel(), context.scheme()));
    if (decided instanceof HttpAdmission.Refused(HttpReply reply)) {
      return Optional.of(reply);
    }
    admission = decided;
    return Optional.empty();
  }

  /** Bodies that nobody reads may be coded as they like. */
  private Optional<HttpReply> codingRefusal(HttpRequest request) {
    return admission instanceof Admitted admitted && HeadRules.isCoded(request)
        ? Optional.of(admitted.coded().with("Accept-Encoding", "identity"))
        : Optional.empty();
  }

  /** The head doesn't say that a body comes. */
  private Optional<HttpReply> absenceRefusal(HttpRequest request) {
    boolean unsaid =
        HttpUtil.getContentLength(request, -1L) < 0 && !HttpUtil.isTransferEncodingChunked(request);
    return unsaid && admission instanceof Admitted admitted
        ? admitted.withoutBody()
        : Optional.empty();
  }

  private Optional<Exception> lengthRefusal(HttpRequest request) {
    return HttpUtil.getContentLength(request, -1L) > maxBody()
        ? Optional.of(tooLong())
        : Optional.empty();
  }

  private int maxBody() {
    return admission instanceof Admitted admitted ? admitted.maxBodyBytes() : MAX_UNREAD_BODY;
  }

  private Exception tooLong() {
    return switch (admission) {
      case Admitted admitted -> new RequestRefusedException(admitted.tooLong());
      case HttpAdmission.Answered(HttpReply reply) -> new UnreadBodyException(reply);
      case HttpAdmission.Refused(HttpReply reply) -> new RequestRefusedException(reply);
      case null ->
          new RequestRefusedException(
              HttpReply.text(413, "The body may have at most " + maxBody() + " bytes.\n"));
    };
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
      fail(ctx, tooLong());
      return;
    }
    if (more > 0 && admission instanceof Admitted) {
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
        admission == null
            ? new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                body,
                request.headers(),
                request.headers())
            : new RoutedRequest(request, body, admission);
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
