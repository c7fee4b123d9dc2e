package io.carillon.server.transport;

import io.carillon.auth.Rejection;
import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one connection's plain HTTP requests, which {@link HttpIntake} hands over one by one, and
 * lets a WebSocket handshake through to {@link Upgrade}. Runs on the connection's event loop.
 *
 * <p>A connection that neither becomes a WebSocket nor completes a request in time is closed,
 * however it spends that time.
 */
final class HttpRouter extends SimpleChannelInboundHandler<FullHttpRequest> {

  /** Carries out an accepted handshake. */
  interface Upgrade {
    void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, Answer.Welcome welcome);
  }

  /** Hands requests over one by one. */
  interface Intake {

    /** Hands over what comes. */
    Intake ALWAYS =
        new Intake() {
          @Override
          public void hold(ChannelHandlerContext ctx) {}

          @Override
          public void goOn(ChannelHandlerContext ctx) {}
        };

    /** An answer is under way: the next request waits. */
    void hold(ChannelHandlerContext ctx);

    /** It is written. */
    void goOn(ChannelHandlerContext ctx);
  }

  private static final Logger log = LoggerFactory.getLogger(HttpRouter.class);

  private final Gatekeeper gatekeeper;
  private final Intake intake;
  private final ConnectionCounter clients;
  private final TransportConfig config;
  private final TransportCounters counters;
  private final Upgrade upgrade;
  private @Nullable Future<?> deadline;

  /** A request has come, so what comes to an end afterwards is no handshake. */
  private boolean asked;

  /** The connection closes behind an answer that is written; what comes is ignored. */
  private boolean answeredLast;

  HttpRouter(
      Gatekeeper gatekeeper,
      Intake intake,
      ConnectionCounter clients,
      TransportConfig config,
      TransportCounters counters,
      Upgrade upgrade) {
    this.gatekeeper = gatekeeper;
    this.intake = intake;
    this.clients = clients;
    this.config = config;
    this.counters = counters;
    this.upgrade = upgrade;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    startDeadline(ctx);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    stopDeadline();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (answeredLast) {
      return;
    }
    asked = true;
    DecoderResult parsed = request.decoderResult();
    if (parsed.cause() instanceof RequestRefusedException refused) {
      refuseUnread(ctx, request, refused.reply());
      return;
    }
    if (parsed.isFailure()) {
      refuse(ctx, faultOf(parsed.cause()));
      return;
    }
    if (WebSocketHandshake.isAskedFor(request)) {
      open(ctx, request, WebSocketHandshake.handshakeOf(request));
      return;
    }
    if (request instanceof AdmittedRequest admitted) {
      ask(ctx, admitted);
      return;
    }
    reply(ctx, request, plainAnswer(request));
  }

  /** A page, but never for a client that was to ask for a WebSocket: it would not know why. */
  private HttpReply plainAnswer(FullHttpRequest request) {
    return request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)
        ? WebSocketHandshake.notAskedFor(request)
        : gatekeeper
            .answer(plain(request, Handshake.of(pathOf(request.uri())).path()))
            .orElseGet(() -> WebSocketHandshake.notAskedFor(request));
  }

  /** Waits for an endpoint's answer; it takes as long as it takes. */
  private void ask(ChannelHandlerContext ctx, AdmittedRequest request) {
    intake.hold(ctx);
    stopDeadline();
    request
        .answer()
        .exceptionally(
            bug -> {
              log.error("{} {} met a bug", request.method(), bare(request.uri()), bug);
              return HttpReply.text(500, "This could not be processed.\n");
            })
        .thenAcceptAsync(
            reply -> {
              if (reply(ctx, request, reply)) {
                intake.goOn(ctx);
              }
            },
            ctx.executor());
  }

  /** A target without its query, which may hold a token. */
  private static String bare(String target) {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  private static PlainRequest plain(FullHttpRequest request, String path) {
    String tags = request.headers().get(HttpHeaderNames.IF_NONE_MATCH, "");
    return new PlainRequest(request.method().name(), path, tags);
  }

  private void open(ChannelHandlerContext ctx, FullHttpRequest request, Handshake handshake) {
    Optional<HttpReply> fault = WebSocketHandshake.fault(request);
    if (fault.isPresent()) {
      refuse(ctx, RefusalReason.MALFORMED, fault.get());
      return;
    }
    Optional<HttpReply> refusal = gatekeeper.refusal();
    if (refusal.isPresent()) {
      refuse(ctx, RefusalReason.UNAVAILABLE, refusal.get());
      return;
    }
    Optional<Protocol> protocol = gatekeeper.protocol(handshake);
    if (protocol.isEmpty()) {
      refuse(
          ctx,
          RefusalReason.NO_PROTOCOL,
          HttpReply.text(404, "No protocol is served at this path.\n"));
      return;
    }
    if (clients.isFull()) { // Before anything costs: verifying a token does.
      refuseFull(ctx);
      return;
    }
    switch (protocol.get().answer(handshake)) {
      case Answer.Refused(Rejection why) -> refuse(ctx, RefusalReason.REJECTED, replyOf(why));
      case Answer.Welcome welcome -> welcome(ctx, request, welcome);
    }
  }

  private void welcome(ChannelHandlerContext ctx, FullHttpRequest request, Answer.Welcome welcome) {
    if (!clients.tryAdd()) {
      refuseFull(ctx);
      return;
    }
    ctx.channel().closeFuture().addListener(clients.removal());
    upgrade.upgrade(ctx, request, welcome);
  }

  private void refuseFull(ChannelHandlerContext ctx) {
    refuse(
        ctx,
        RefusalReason.FULL,
        HttpReply.text(503, "This node is full; try another.\n").with("Retry-After", "5"));
  }

  private static HttpReply replyOf(Rejection why) {
    String advice = why.advice() + "\n";
    return switch (why.kind()) {
      case INVALID -> HttpReply.text(400, advice);
      case UNAUTHENTICATED -> HttpReply.text(401, advice).with("WWW-Authenticate", "Bearer");
      case FORBIDDEN -> HttpReply.text(403, advice);
    };
  }

  /** Some clients and proxies send the absolute form, {@code ws://host/path} (RFC 9112, 3.2.2). */
  static String pathOf(String target) {
    int scheme = target.indexOf("://");
    if (target.startsWith("/") || scheme < 0) {
      return target;
    }
    int authority = scheme + 3;
    int path = target.indexOf('/', authority);
    int query = target.indexOf('?', authority);
    if (query >= 0 && (path < 0 || query < path)) {
      return "/" + target.substring(query);
    }
    return path < 0 ? "/" : target.substring(path);
  }

  private static HttpReply faultOf(@Nullable Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException e -> HttpReply.text(414, "The request line is too long.\n");
      case TooLongHttpHeaderException e -> HttpReply.text(431, "The headers are too long.\n");
      case null, default -> HttpReply.text(400, "This is no HTTP request.\n");
    };
  }

  /** Answers; false when the next request has to wait until the client has taken the answer. */
  private boolean reply(ChannelHandlerContext ctx, FullHttpRequest request, HttpReply reply) {
    FullHttpResponse response = responseTo(request, reply);
    if (HttpUtil.isKeepAlive(request)) {
      HttpUtil.setKeepAlive(response.headers(), request.protocolVersion(), true);
      ChannelFuture written = ctx.writeAndFlush(response);
      startDeadline(ctx); // For the next request, and for who asks and asks and reads no answer.
      if (!ctx.channel().isWritable()) {
        intake.hold(ctx);
        written.addListener(taken -> ctx.executor().execute(() -> onTaken(ctx, taken.isSuccess())));
        return false;
      }
    } else {
      close(ctx, response);
    }
    return true;
  }

  private void onTaken(ChannelHandlerContext ctx, boolean isTaken) {
    if (isTaken && !ctx.isRemoved()) {
      startDeadline(ctx);
      intake.goOn(ctx);
    }
  }

  private void refuse(ChannelHandlerContext ctx, RefusalReason why, HttpReply reply) {
    counters.refused(why);
    refuse(ctx, reply);
  }

  private void refuse(ChannelHandlerContext ctx, HttpReply reply) {
    close(ctx, responseOf(reply));
  }

  /**
   * Answers a request whose body is still coming. Closing at once could destroy the answer on its
   * way: a socket closed with unread input answers with a reset. So the client has some time to
   * read it and to hang up, while what it sends is thrown away.
   */
  private void refuseUnread(ChannelHandlerContext ctx, FullHttpRequest request, HttpReply reply) {
    answeredLast = true;
    stopDeadline();
    FullHttpResponse response = responseTo(request, reply);
    HttpUtil.setKeepAlive(response, false);
    ctx.writeAndFlush(response).addListener(written -> SocketEnd.shutDownOutput(ctx.channel()));
    deadline =
        ctx.executor()
            .schedule(() -> ctx.close(), config.closeTimeout().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void close(ChannelHandlerContext ctx, FullHttpResponse response) {
    answeredLast = true;
    startDeadline(ctx);
    HttpUtil.setKeepAlive(response, false);
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  /** Who asks only for the head gets that, with the length of the body that there would be. */
  private static FullHttpResponse responseTo(FullHttpRequest request, HttpReply reply) {
    FullHttpResponse response = responseOf(reply);
    return request.method().equals(HttpMethod.HEAD)
        ? response.replace(Unpooled.EMPTY_BUFFER)
        : response;
  }

  private static FullHttpResponse responseOf(HttpReply reply) {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(body));
    if (reply.status() != HttpResponseStatus.NOT_MODIFIED.code()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
      response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    }
    reply.headers().forEach((name, value) -> response.headers().set(name, value));
    return response;
  }

  private void startDeadline(ChannelHandlerContext ctx) {
    stopDeadline();
    deadline =
        ctx.executor()
            .schedule(
                () -> timedOut(ctx), config.handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void timedOut(ChannelHandlerContext ctx) {
    if (!asked) {
      counters.handshakeTimeouts.increment();
    }
    SocketEnd.cut(ctx.channel());
  }

  private void stopDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // TLS complains of what is none.
    String loss = SocketEnd.lossOf(cause);
    if (loss != null || cause instanceof DecoderException || answeredLast) {
      log.debug("A connection was lost before its handshake: {}", loss == null ? cause : loss);
    } else {
      log.error("A request met a bug", cause);
    }
    ctx.close();
  }
}
