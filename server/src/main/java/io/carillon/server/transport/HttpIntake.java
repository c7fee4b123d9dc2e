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
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Puts one connection's requests together and hands them to {@link HttpRouter}, one at a time: what
 * comes while an answer is under way waits, and the socket is not read meanwhile. Runs on the
 * connection's event loop.
 *
 * <p>How long a body may be is known before it is read. A request that an endpoint refuses by its
 * head is refused then, and a body that nobody reads is counted and thrown away, so that strangers
 * can't make the node keep anything. What is refused ends the connection; the rest of it is thrown
 * away.
 */
final class HttpIntake extends ChannelInboundHandlerAdapter implements HttpRouter.Intake {

  /** Enough for requests whose body nobody reads. */
  private static final int MAX_UNREAD_BODY = 8 << 10;

  private final Gatekeeper gatekeeper;
  private final Queue<HttpObject> waiting = new ArrayDeque<>();
  private boolean held;
  private boolean ended;
  private @Nullable HttpRequest head;

  /** Who wants the body; null when nobody does. */
  private @Nullable HttpEndpoint endpoint;

  private ByteBuf body = Unpooled.EMPTY_BUFFER;
  private int bodyBytes;

  HttpIntake(Gatekeeper gatekeeper) {
    this.gatekeeper = gatekeeper;
  }

  /** What an endpoint is told of a request. */
  static HttpHead headOf(HttpRequest request) {
    String path = HttpRouter.pathOf(request.uri());
    int mark = path.indexOf('?');
    return new HttpHead(
        request.method().name(),
        mark < 0 ? path : path.substring(0, mark),
        String.join(",", request.headers().getAll(HttpHeaderNames.AUTHORIZATION)),
        request.headers().get(HttpHeaderNames.CONTENT_TYPE, ""));
  }

  @Override
  public void hold(ChannelHandlerContext ctx) {
    held = true;
    ctx.channel().config().setAutoRead(false);
  }

  @Override
  public void goOn(ChannelHandlerContext ctx) {
    held = false;
    while (!held && !waiting.isEmpty()) {
      take(ctx.pipeline().context(this), waiting.remove());
    }
    if (!held) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    HttpObject part = (HttpObject) message;
    if (held) {
      keep(part);
    } else {
      take(ctx, part);
    }
  }

  /** The codec reads what follows as HTTP, so a handshake that has to wait can't be carried out. */
  private void keep(HttpObject part) {
    if (part instanceof HttpRequest request && WebSocketHandshake.isAskedFor(request)) {
      part.setDecoderResult(
          DecoderResult.failure(
              new RequestRefusedException(
                  HttpReply.text(
                      400, "A WebSocket handshake can't follow a request without its answer.\n"))));
    }
    waiting.add(part);
  }

  private void take(ChannelHandlerContext ctx, HttpObject part) {
    try {
      if (!ended && part instanceof HttpRequest request) {
        begin(ctx, request);
      }
      if (!ended && part instanceof HttpContent content) {
        append(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    head = request;
    endpoint = null;
    bodyBytes = 0;
    if (request.decoderResult().isFailure()) {
      fail(ctx, request.decoderResult().cause());
      return;
    }
    Optional<HttpEndpoint> reader = endpointOf(request);
    endpoint = reader.orElse(null);
    Optional<HttpReply> refusal =
        reader.flatMap(e -> e.refusal(headOf(request))).or(() -> lengthRefusal(request));
    if (refusal.isPresent()) {
      fail(ctx, new RequestRefusedException(refusal.get()));
    } else if (HttpUtil.is100ContinueExpected(request)) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  private Optional<HttpEndpoint> endpointOf(HttpRequest request) {
    return WebSocketHandshake.isAskedFor(request)
        ? Optional.empty()
        : gatekeeper.endpoint(headOf(request).path());
  }

  private Optional<HttpReply> lengthRefusal(HttpRequest request) {
    long length = HttpUtil.getContentLength(request, -1L);
    if (length > maxBody()) {
      return Optional.of(tooLong());
    }
    boolean unsaid = length < 0 && !HttpUtil.isTransferEncodingChunked(request);
    if (endpoint == null || !unsaid) {
      return Optional.empty();
    }
    endpoint.onBodyRefused();
    return Optional.of(HttpReply.text(411, "A body is required, with Content-Length.\n"));
  }

  private int maxBody() {
    return endpoint == null ? MAX_UNREAD_BODY : endpoint.maxBodyBytes();
  }

  private HttpReply tooLong() {
    if (endpoint != null) {
      endpoint.onBodyRefused();
    }
    return HttpReply.text(413, "The body may have at most " + maxBody() + " bytes.\n");
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
      fail(ctx, new RequestRefusedException(tooLong()));
      return;
    }
    if (more > 0 && endpoint != null) {
      body = body.isReadable() ? body : Unpooled.buffer(more, maxBody());
      body.writeBytes(content.content());
    }
    if (content instanceof LastHttpContent) {
      hand(ctx, request, request.decoderResult());
    }
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
        new DefaultFullHttpRequest(
            request.protocolVersion(),
            request.method(),
            request.uri(),
            body,
            request.headers(),
            request.headers());
    whole.setDecoderResult(result);
    head = null;
    body = Unpooled.EMPTY_BUFFER;
    ctx.fireChannelRead(whole);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    forget();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ended = true;
    forget();
    ctx.fireChannelInactive();
  }

  private void forget() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }
}
