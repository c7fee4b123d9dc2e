package io.carillon.server.transport;

import io.carillon.auth.Rejection;
import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpReply;
import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one connection's plain HTTP requests, which {@link HttpIntake} hands over one by one, and
 * lets a WebSocket handshake through to {@link Upgrade}. Runs on the connection's event loop.
 *
 * <p>Two times bound a connection. Until it has become a WebSocket or sent a whole request it has
 * the time of a handshake, however it spends that time, and so has each later request from its
 * first byte on. Between an answer and that byte the connection is kept for longer: balancers keep
 * theirs for a minute, and one that is closed under them costs a request.
 */
final class HttpRouter extends SimpleChannelInboundHandler<FullHttpRequest> {

  /** Carries out an accepted handshake. */
  interface Upgrade {
    void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, Answer.Welcome welcome);
  }

  /** Hands requests over one by one. */
  interface Intake {

    /** An answer is under way: the next request waits. */
    void hold(ChannelHandlerContext ctx);

    /** It is written. */
    void goOn(ChannelHandlerContext ctx);
  }

  private static final Logger log = LoggerFactory.getLogger(HttpRouter.class);

  private final Gatekeeper gatekeeper;
  private final Intake intake;
  private final HttpContext context;
  private final Upgrade upgrade;
  private @Nullable Future<?> deadline;

  /** The request whose answer is awaited; null for none. */
  private @Nullable PendingExchange pending;

  /** The connection is kept for a next request, and nothing of that has come. */
  private boolean waiting;

  /** A request has come, so what comes to an end afterwards is no handshake. */
  private boolean asked;

  /** The connection closes behind an answer that is written; what comes is ignored. */
  private boolean answeredLast;

  HttpRouter(Gatekeeper gatekeeper, Intake intake, HttpContext context, Upgrade upgrade) {
    this.gatekeeper = gatekeeper;
    this.intake = intake;
    this.context = context;
    this.upgrade = upgrade;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    expectRequest(ctx);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    stopWaiting(ctx);
    stopDeadline();
    endPending();
  }

  /** A request that has begun has no more time than the first one of a connection. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event == RequestBegun.EVENT) {
      if (waiting) {
        expectRequest(ctx);
      }
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (answeredLast) {
      return;
    }
    asked = true;
    stopWaiting(ctx);
    DecoderResult parsed = request.decoderResult();
    if (!parsed.isFailure()) {
      serve(ctx, request);
    } else if (parsed.cause() instanceof UnreadBodyException unread) {
      answerUnread(ctx, request, meant(request, unread.reply()));
    } else {
      refuseUnread(ctx, request, context.faults().replyTo(parsed.cause()));
    }
  }

  private void serve(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (!(request instanceof RoutedRequest routed)) {
      open(ctx, request, Handshake.of(RequestHeads.of(request, ctx.channel(), context.scheme())));
      return;
    }
    switch (routed.admission()) {
      case HttpAdmission.Admitted admitted -> ask(ctx, routed, admitted);
      case HttpAdmission.Answered(HttpReply reply) -> reply(ctx, request, meant(request, reply));
      case HttpAdmission.Refused(HttpReply reply) -> refuseUnread(ctx, request, reply);
    }
  }

  /**
   * The answer of a route that has it at once. A handshake that has lost a header on its way gets
   * an error and not the page, which would not say why.
   */
  private static HttpReply meant(FullHttpRequest request, HttpReply reply) {
    return WebSocketHandshake.isMeant(request) ? WebSocketHandshake.notAskedFor(request) : reply;
  }

  /** Waits for a route's answer, which takes as long as it takes. */
  private void ask(
      ChannelHandlerContext ctx, RoutedRequest request, HttpAdmission.Admitted admitted) {
    intake.hold(ctx);
    stopDeadline();
    PendingExchange exchange = new PendingExchange(ctx, request, context, this::onAnswer);
    pending = exchange;
    admitted.answer(exchange, request.body());
  }

  private void onAnswer(ChannelHandlerContext ctx, FullHttpRequest request, HttpReply reply) {
    pending = null;
    if (reply(ctx, request, reply)) {
      intake.goOn(ctx);
    }
  }

  private void endPending() {
    PendingExchange exchange = pending;
    pending = null;
    if (exchange != null) {
      exchange.onClosed();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    endPending();
    super.channelInactive(ctx);
  }

  private void open(ChannelHandlerContext ctx, FullHttpRequest request, Handshake handshake) {
    Optional<HttpReply> fault = WebSocketHandshake.fault(request);
    if (fault.isPresent()) {
      refuse(ctx, request, RefusalReason.MALFORMED, fault.get());
      return;
    }
    Optional<HttpReply> refusal = gatekeeper.refusal();
    if (refusal.isPresent()) {
      refuse(ctx, request, RefusalReason.UNAVAILABLE, refusal.get());
      return;
    }
    Optional<Protocol> protocol = gatekeeper.protocol(handshake);
    if (protocol.isEmpty()) {
      String where = "No protocol is served at this path. ";
      HttpReply nothing = gatekeeper.routes().nothingAt(handshake.path());
      refuse(ctx, request, RefusalReason.NO_PROTOCOL, HttpReply.text(404, where + nothing.body()));
      return;
    }
    if (context.clients().isFull()) { // Before anything costs: verifying a token does.
      refuseFull(ctx, request);
      return;
    }
    switch (protocol.get().answer(handshake)) {
      case Answer.Refused(Rejection why) ->
          refuse(ctx, request, RefusalReason.REJECTED, replyOf(why));
      case Answer.Welcome welcome -> welcome(ctx, request, welcome);
    }
  }

  private void welcome(ChannelHandlerContext ctx, FullHttpRequest request, Answer.Welcome welcome) {
    if (!context.clients().tryAdd()) {
      refuseFull(ctx, request);
      return;
    }
    ctx.channel().closeFuture().addListener(context.clients().removal());
    upgrade.upgrade(ctx, request, welcome);
  }

  private void refuseFull(ChannelHandlerContext ctx, FullHttpRequest request) {
    refuse(
        ctx,
        request,
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

  /** Answers; false when the next request has to wait until the client has taken the answer. */
  private boolean reply(ChannelHandlerContext ctx, FullHttpRequest request, HttpReply reply) {
    if (!HttpUtil.isKeepAlive(request) || context.keepAlive().isOver()) {
      close(ctx, context.replies().last(request, reply));
      return true;
    }
    ChannelFuture written = ctx.writeAndFlush(context.replies().kept(request, reply));
    if (ctx.channel().isWritable()) {
      waitForRequest(ctx);
      return true;
    }
    startDeadline(ctx, context.config().handshakeTimeout()); // It may read no answer, ever.
    intake.hold(ctx);
    written.addListener(taken -> ctx.executor().execute(() -> onTaken(ctx, taken.isSuccess())));
    return false;
  }

  private void onTaken(ChannelHandlerContext ctx, boolean isTaken) {
    if (isTaken && !ctx.isRemoved()) {
      waitForRequest(ctx);
      intake.goOn(ctx);
    }
  }

  private void refuse(
      ChannelHandlerContext ctx, FullHttpRequest request, RefusalReason why, HttpReply reply) {
    context.counters().refused(why);
    log.debug(
        "A handshake at {} was refused ({}, {}), of origin \"{}\": {}",
        RequestHeads.bare(request),
        reply.status(),
        why,
        request.headers().get(HttpHeaderNames.ORIGIN, ""),
        reply.body().strip());
    close(ctx, context.replies().last(request, reply));
  }

  private void refuseUnread(ChannelHandlerContext ctx, FullHttpRequest request, HttpReply reply) {
    log.debug("A request was refused ({}): {}", reply.status(), reply.body().strip());
    answerUnread(ctx, request, reply);
  }

  /**
   * Answers a request whose end has not come, or can't be found. Closing at once could destroy the
   * answer on its way: a socket closed with unread input answers with a reset. So the client has
   * some time to read it and to hang up, while what it sends is thrown away.
   */
  private void answerUnread(ChannelHandlerContext ctx, FullHttpRequest request, HttpReply reply) {
    answeredLast = true;
    stopDeadline();
    ctx.writeAndFlush(context.replies().last(request, reply))
        .addListener(written -> SocketEnd.shutDownOutput(ctx.channel()));
    deadline =
        ctx.executor()
            .schedule(
                () -> ctx.close(), context.config().closeTimeout().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void close(ChannelHandlerContext ctx, FullHttpResponse response) {
    answeredLast = true;
    startDeadline(ctx, context.config().handshakeTimeout());
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  /** The next request has the time of a handshake, from now on. */
  private void expectRequest(ChannelHandlerContext ctx) {
    stopWaiting(ctx);
    startDeadline(ctx, context.config().handshakeTimeout());
  }

  /** The connection is kept for a next request. */
  private void waitForRequest(ChannelHandlerContext ctx) {
    waiting = true;
    context.kept().add(ctx.channel());
    startDeadline(ctx, context.keepAlive().patience());
  }

  private void stopWaiting(ChannelHandlerContext ctx) {
    if (waiting) {
      waiting = false;
      context.kept().remove(ctx.channel());
    }
  }

  private void startDeadline(ChannelHandlerContext ctx, Duration time) {
    stopDeadline();
    deadline = ctx.executor().schedule(() -> timedOut(ctx), time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void timedOut(ChannelHandlerContext ctx) {
    if (!asked) {
      context.counters().handshakeTimeouts.increment();
    }
    if (waiting) {
      ctx.close(); // Over TLS with its goodbye.
    } else {
      SocketEnd.cut(ctx.channel());
    }
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
