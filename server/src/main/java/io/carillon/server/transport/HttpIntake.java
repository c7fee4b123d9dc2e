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
 * Puts one connection's requests together and hands them to {@link HttpRouter}, one at a time.
 * While an answer is under way, later bytes wait in the {@link RequestDecoder}. Runs on the
 * connection's event loop.
 *
 * <p>The limit on a body is known before the body is read. If a route refuses a request by its
 * head, the request is answered at once. A body that no handler reads is counted and discarded, so
 * that strangers can't make the node store anything; if such a body is long, its request is
 * answered before the body has arrived. Each of these answers ends the connection, and the rest of
 * the request is discarded.
 */
final class HttpIntake extends ChannelInboundHandlerAdapter implements HttpRouter.Intake {

  /** Enough for requests whose body no handler reads. */
  private static final int MAX_UNREAD_BODY = 8 << 10;

  /**
   * A body with an announced length gets its memory at once up to this size, and more as it
   * arrives.
   */
  private static final int MAX_AT_ONCE = 64 << 10;

  private final HttpRoutes routes;
  private final RequestDecoder decoder;
  private final HttpContext context;
  private boolean ended;
  private @Nullable HttpRequest head;

  /**
   * The decision of the request's route. It is null for a handshake, which no route decides about,
   * and for a head that was refused before its route was asked.
   */
  private @Nullable HttpAdmission admission;

  private ByteBuf body = Unpooled.EMPTY_BUFFER;
  private int bodyBytes;

  /**
   * @param decoder the handler before this one in the pipeline
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
    HttpAdmission decided = admissionOf(ctx, request);
    if (decided instanceof HttpAdmission.Refused(HttpReply reply)) {
      return Optional.of(reply);
    }
    admission = decided;
    return Optional.empty();
  }

  private HttpAdmission admissionOf(ChannelHandlerContext ctx, HttpRequest request) {
    try {
      return routes.admit(context.headOf(request, ctx.channel()));
    } catch (RuntimeException bug) {
      return new HttpAdmission.Refused(RequestFaults.ofBug(request, bug));
    }
  }

  /** Bodies that no endpoint reads may have any coding. */
  private Optional<HttpReply> codingRefusal(HttpRequest request) {
    return admission instanceof Admitted admitted && HeadRules.isCoded(request)
        ? Optional.of(admitted.coded().with("Accept-Encoding", "identity"))
        : Optional.empty();
  }

  /** The answer if the head announces no body. */
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
