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
 * <p>A connection has two time limits. Until it has become a WebSocket or sent a whole request it
 * has the time of a handshake, however it spends that time. Each later request has the same time,
 * from its first byte on. Between an answer and that byte the connection is kept for longer:
 * balancers keep their connections for a minute, and a request is lost if the node closes a
 * connection that a balancer uses.
 */
final class HttpRouter extends SimpleChannelInboundHandler<FullHttpRequest> {

  /** Carries out an accepted handshake. */
  interface Upgrade {
    void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, Answer.Welcome welcome);
  }

  /** Hands over requests one by one. */
  interface Intake {

    /** An answer is under way: the next request waits. */
    void hold(ChannelHandlerContext ctx);

    /** The answer is written. */
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

  /** The connection is kept for a next request, and no byte of that has arrived. */
  private boolean waiting;

  /** A request has arrived, so a later end of the connection is not a failed handshake. */
  private boolean asked;

  /** The connection closes after an answer that is written; later bytes are ignored. */
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

  /** A request that has begun has as much time as the first request of a connection. */
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

  /** A request that no route has decided about is a handshake. */
  private void serve(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (!(request instanceof RoutedRequest routed)) {
      shakeHands(ctx, request, Handshake.of(context.headOf(request, ctx.channel())));
      return;
    }
    switch (routed.admission()) {
      case HttpAdmission.Admitted admitted -> ask(ctx, routed, admitted);
      case HttpAdmission.Answered(HttpReply reply) -> reply(ctx, request, meant(request, reply));
      case HttpAdmission.Refused(HttpReply reply) -> refuseUnread(ctx, request, reply);
    }
  }

  /** Decides about a handshake: one protocol takes it, or it is refused. */
  private void shakeHands(ChannelHandlerContext ctx, FullHttpRequest request, Handshake handshake) {
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
    if (context.clients().isFull()) { // Before expensive work such as verifying a token.
      refuseFull(ctx, request);
      return;
    }
    if (context.arrivals().quota().isFull(handshake.client())) {
      refuseAddress(ctx, request);
      return;
    }
    if (!context.arrivals().admission().admit()) {
      refuse(ctx, request, RefusalReason.RATE, context.arrivals().admission().refusal());
      return;
    }
    switch (protocol.get().answer(handshake)) {
      case Answer.Refused(Rejection why) ->
          refuse(ctx, request, RefusalReason.REJECTED, replyOf(why));
      case Answer.Welcome welcome -> welcome(ctx, request, handshake, welcome);
    }
  }

  private void welcome(
      ChannelHandlerContext ctx,
      FullHttpRequest request,
      Handshake handshake,
      Answer.Welcome welcome) {
    if (!context.clients().tryAdd()) {
      refuseFull(ctx, request);
      return;
    }
    ctx.channel().closeFuture().addListener(context.clients().removal());
    if (!context.arrivals().quota().tryAdd(handshake.client(), ctx.channel())) {
      refuseAddress(ctx, request);
      return;
    }
    upgrade.upgrade(ctx, request, welcome);
  }

  private void refuseFull(ChannelHandlerContext ctx, FullHttpRequest request) {
    refuse(
        ctx, request, RefusalReason.FULL, HttpReply.tryAgain("This node is full; try another.\n"));
  }

  /** Not 503: balancers would send the client to another node, which it has no right to either. */
  private void refuseAddress(ChannelHandlerContext ctx, FullHttpRequest request) {
    refuse(
        ctx,
        request,
        RefusalReason.ADDRESS,
        HttpReply.text(429, "Your address has too many connections.\n").with("Retry-After", "30"));
  }

  private static HttpReply replyOf(Rejection why) {
    String advice = why.advice() + "\n";
    return switch (why.kind()) {
      case INVALID -> HttpReply.text(400, advice);
      case UNAUTHENTICATED -> HttpReply.text(401, advice).with("WWW-Authenticate", "Bearer");
      case FORBIDDEN -> HttpReply.text(403, advice);
    };
  }

  private void refuse(
      ChannelHandlerContext ctx, FullHttpRequest request, RefusalReason why, HttpReply reply) {
    context.counters().refused(why);
    if (log.isDebugEnabled()) {
      log.debug(
          "A handshake at {} of {} was refused ({}, {}), of origin \"{}\": {}",
          RequestHeads.bare(request),
          context.arrivals().addresses().of(ctx.channel(), request.headers()),
          reply.status(),
          why,
          request.headers().get(HttpHeaderNames.ORIGIN, ""),
          reply.body().strip());
    }
    close(ctx, context.replies().last(request, reply));
  }

  /**
   * The answer of a route that answers at once. A handshake that has lost a header on its way gets
   * an error that says so, and not the page.
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
    try {
      admitted.answer(exchange, request.body());
    } catch (RuntimeException bug) {
      exchange.fail(bug);
    }
  }

  private void onAnswer(ChannelHandlerContext ctx, FullHttpRequest request, HttpReply reply) {
    pending = null;
    if (reply(ctx, request, reply)) {
      intake.goOn(ctx);
    }
  }

  /** Answers; false if the next request has to wait until the client has taken the answer. */
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
    startDeadline(ctx, context.config().handshakeTimeout()); // The client may never read an answer.
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

  private void refuseUnread(ChannelHandlerContext ctx, FullHttpRequest request, HttpReply reply) {
    if (log.isDebugEnabled()) {
      log.debug(
          "A request of {} was refused ({}): {}",
          context.arrivals().addresses().of(ctx.channel(), request.headers()),
          reply.status(),
          reply.body().strip());
    }
    answerUnread(ctx, request, reply);
  }

  /**
   * Answers a request whose end has not arrived, or can't be found. Closing at once could destroy
   * the answer on its way, because a socket that is closed with unread input sends a reset. So the
   * client has some time to read the answer and to close, while its further bytes are discarded.
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

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    endPending();
    super.channelInactive(ctx);
  }

  private void endPending() {
    PendingExchange exchange = pending;
    pending = null;
    if (exchange != null) {
      exchange.onClosed();
    }
  }

  /** From now on the next request has the time of a handshake. */
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
      ctx.close(); // Over TLS with a close_notify.
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
    // A DecoderException: for TLS, the bytes are not a TLS record.
    String loss = SocketEnd.lossOf(cause);
    if (loss != null || cause instanceof DecoderException || answeredLast) {
      log.debug("A connection was lost before its handshake: {}", loss == null ? cause : loss);
    } else {
      log.error("A request failed with an unexpected exception", cause);
    }
    ctx.close();
  }
}
