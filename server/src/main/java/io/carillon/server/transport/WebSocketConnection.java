package io.carillon.server.transport;

import io.carillon.hub.Connection;
import io.carillon.hub.Disconnect;
import io.carillon.hub.Frame;
import io.carillon.protocol.Session;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One client's WebSocket connection after the upgrade: the only handler in its pipeline, except for
 * TLS before it. Everything in it runs on the connection's event loop.
 *
 * <p><b>In.</b> Frames are read as they arrive. While the session pauses the connection, the bytes
 * that have already been received stay here (those of one read), the socket is not read, and TCP
 * slows the client down.
 *
 * <p><b>Out.</b> Frames queue until the end of the loop's turn and leave with one system call,
 * directly to the socket where possible. If more bytes than the limit are unsent after that, the
 * client is too slow and is closed.
 *
 * <p><b>Closing.</b> A close frame is the last thing written; then the output is shut down, input
 * is discarded, and the socket is closed when the client has closed its side or the time is over.
 * Closing at once could destroy the close frame on its way, because a socket that is closed with
 * unread input sends a reset.
 */
final class WebSocketConnection extends ChannelInboundHandlerAdapter
    implements Connection, Leaving, FrameDecoder.Listener {

  private static final Logger log = LoggerFactory.getLogger(WebSocketConnection.class);

  private enum State {
    OPEN,
    CLOSING,
    CLOSED
  }

  private final Channel channel;
  private final LoopContext context;
  private final long number;
  private final FrameDecoder decoder;
  private final Outbound outbound;

  /** Null until the client has sent something while it didn't receive. */
  private @Nullable Throttle throttle;

  private @Nullable Session session;
  private State state = State.OPEN;

  /** Why the connection ends; lost, unless another reason is known. */
  private CloseReason closeReason = CloseReason.LOST;

  /** Received and not decoded yet: the beginning of a frame, or bytes that came during a pause. */
  private @Nullable ByteBuf received;

  private boolean paused;
  private boolean decoding;

  /** Whether anything has arrived from the client since the last heartbeat. */
  private boolean heard = true;

  private boolean pinged;

  /** The session has been told that its connection ends soon. */
  private boolean leaving;

  /** When the connection has its greatest age, by the loop's clock. */
  private long leavesAt;

  /** The position in the {@link Heartbeat}, which owns these two. */
  int heartbeatSlice;

  int heartbeatIndex;

  WebSocketConnection(Channel channel, LoopContext context, long number) {
    this.channel = channel;
    this.context = context;
    this.number = number;
    this.decoder = new FrameDecoder(context.config(), this);
    this.outbound = new Outbound(channel, context);
  }

  /** Begins the conversation, with the bytes that the client has sent after its handshake. */
  void begin(Session opened) {
    session = opened;
    Duration maxAge = context.config().clients().maxAge();
    if (maxAge != null) {
      leavesAt = context.loop().nanoTime() + ConnectionAge.nanosOf(maxAge, number);
    }
    context.counters().opened.increment();
    context.heartbeat().add(this);
    decodeReceived();
  }

  @Override
  public String id() {
    return context.node() + "-" + number;
  }

  /** Begins a log line about this connection. */
  private LoggingEventBuilder about(Level level) {
    return log.atLevel(level).addKeyValue("connection", this::id);
  }

  // In ------------------------------------------------------------------------------------------

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    heard = true;
    context.traffic().read(bytes.readableBytes());
    if (state != State.OPEN) {
      bytes.release();
      return;
    }
    if (received == null) {
      received = bytes;
    } else {
      try {
        received.writeBytes(bytes);
      } finally {
        bytes.release();
      }
    }
    decodeReceived();
  }

  private void decodeReceived() {
    ByteBuf in = received;
    if (decoding || in == null || session == null) {
      return;
    }
    decoding = true;
    try {
      while (state == State.OPEN && isRead() && decoder.decode(in)) {}
    } catch (WebSocketException broken) {
      about(Level.DEBUG).log("Connection {}: {}", number, broken.getMessage());
      close(new Disconnect(broken.code(), String.valueOf(broken.getMessage())), reasonOf(broken));
    } catch (RuntimeException bug) {
      about(Level.ERROR)
          .setCause(bug)
          .log("Connection {} failed with an unexpected exception", number);
      close(Disconnect.INTERNAL_ERROR, CloseReason.BUG);
    } finally {
      decoding = false;
      keepRest(in);
    }
    if (!isRead()) {
      channel.config().setAutoRead(false);
    }
  }

  private boolean isRead() {
    return !paused && !isThrottled();
  }

  private boolean isThrottled() {
    return throttle != null && throttle.isOn();
  }

  /** The client has sent a message. */
  private void said() {
    context.traffic().message();
    if (!channel.isWritable()) {
      throttle = throttle == null ? new Throttle(context.config().maxOutboundBytes()) : throttle;
      throttle.engage();
    }
  }

  private static CloseReason reasonOf(WebSocketException broken) {
    return broken.code() == WebSocketException.TOO_BIG
        ? CloseReason.TOO_LARGE
        : CloseReason.PROTOCOL_ERROR;
  }

  /** Keeps the undecoded bytes in a small buffer, and releases the socket's large one. */
  private void keepRest(ByteBuf in) {
    if (state != State.OPEN || !in.isReadable()) {
      received = null;
      in.release();
    } else if (in.isDirect() || in.capacity() > 2 * in.readableBytes()) {
      received = channel.alloc().heapBuffer(in.readableBytes()).writeBytes(in);
      in.release();
    } else {
      in.discardSomeReadBytes();
    }
  }

  @Override
  public void onText(byte[] utf8) throws WebSocketException {
    String text = Utf8.decode(utf8);
    if (text == null) {
      throw new WebSocketException(
          WebSocketException.INVALID_PAYLOAD, "a text message is not UTF-8");
    }
    if (session != null) {
      session.onText(text);
    }
    said();
  }

  @Override
  public void onBinary(byte[] data) {
    if (session != null) {
      session.onBinary(data);
    }
    said();
  }

  @Override
  public void onPing(byte[] payload) {
    send(Frame.pong(payload));
  }

  @Override
  public void onPong() {}

  @Override
  public void onClose(byte[] payload) {
    Frame answer =
        payload.length == 0
            ? Frame.closeWithoutCode()
            : Frame.close((payload[0] & 0xFF) << 8 | (payload[1] & 0xFF), "");
    finish(answer, CloseReason.CLIENT).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void pauseReading() {
    paused = true;
  }

  @Override
  public void resumeReading() {
    if (!paused) {
      return;
    }
    paused = false;
    readAgain();
  }

  private void readAgain() {
    heard = true; // The client's messages of that time are in the socket, unread.
    if (!decoding) {
      context.loop().execute(this::goOnReading);
    }
  }

  private void goOnReading() {
    decodeReceived();
    if (isRead()) {
      channel.config().setAutoRead(true);
    }
  }

  // Out -----------------------------------------------------------------------------------------

  @Override
  public void send(Frame frame) {
    if (state != State.OPEN) {
      return;
    }
    if (outbound.isEmpty()) {
      context.loop().touch(this);
    }
    outbound.add(frame);
    if (outbound.queuedBytes() > context.config().maxOutboundBytes()) {
      writeOrDie(); // A turn may produce more bytes than may wait for a client.
    }
  }

  /**
   * Called once a turn, by the loop, and when too many bytes are queued. An exception here ends
   * this connection and no other.
   */
  void writeOrDie() {
    try {
      writeQueued();
    } catch (RuntimeException | OutOfMemoryError e) {
      about(Level.ERROR).setCause(e).log("Connection {} could not be written to", number);
      closeReason = CloseReason.BUG;
      outbound.drop();
      SocketEnd.cut(channel);
    }
  }

  private void writeQueued() {
    if (outbound.isEmpty()) {
      return;
    }
    if (throttle != null) {
      throttle.wrote(outbound.queuedBytes());
    }
    outbound.sendAndForget();
    long unsent = outbound.measure();
    if (unsent > outboundBound()) {
      about(Level.DEBUG).log("Connection {} reads too slowly", number);
      context.counters().slowConsumers.increment();
      close(Disconnect.SLOW_CONSUMER, CloseReason.SLOW);
    } else if (context.budget().isTooMuch(unsent)) {
      about(Level.DEBUG)
          .log(
              "Connection {} has {} unsent bytes, and all connections together have too many",
              number,
              unsent);
      context.counters().overBudget.increment();
      close(Disconnect.SLOW_CONSUMER, CloseReason.OVER_BUDGET);
    }
  }

  private long outboundBound() {
    return throttle == null ? context.config().maxOutboundBytes() : throttle.bound();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    outbound.measure();
    if (throttle != null && throttle.isOn() && channel.isWritable()) {
      throttle.release();
      readAgain();
    }
    ctx.fireChannelWritabilityChanged();
  }

  // Life ----------------------------------------------------------------------------------------

  /** The heartbeat's visit. */
  void beat() {
    if (state != State.OPEN) {
      return;
    }
    if (pinged && !isAlive()) {
      about(Level.DEBUG).log("Connection {} is dead: no answer to a ping", number);
      context.counters().deadPeers.increment();
      endSilent();
      return;
    }
    if (isTooOld()) {
      // After this turn, because no connection may leave the heartbeat while it visits.
      context.loop().execute(() -> leave(CloseReason.AGE));
      return;
    }
    if (session != null) {
      session.onBeat();
    }
    heard = false;
    pinged = true;
    send(Frame.ping());
  }

  private boolean isTooOld() {
    return !leaving
        && context.config().clients().maxAge() != null
        && context.loop().nanoTime() - leavesAt >= 0;
  }

  /** Closes in the protocol's way, when the session is done. */
  private void leave(CloseReason reason) {
    if (!leaving && session != null) {
      leaving = true;
      session.onShutdown().thenAccept(why -> close(why, reason));
    }
  }

  /** After this turn, because no connection may leave the heartbeat while it visits. */
  private void endSilent() {
    closeReason = CloseReason.DEAD;
    Optional<Disconnect> words = session == null ? Optional.empty() : session.onSilence();
    context
        .loop()
        .execute(
            () ->
                words.ifPresentOrElse(
                    why -> close(why, CloseReason.DEAD), () -> SocketEnd.cut(channel)));
  }

  private boolean isAlive() {
    boolean takesSomething = throttle != null && throttle.hasTakenSomething(outbound.measure());
    return heard || paused || (isThrottled() && takesSomething);
  }

  @Override
  public void close(Disconnect why) {
    close(
        why,
        switch (why.kind()) {
          case EXPIRED -> CloseReason.EXPIRED;
          case OTHER -> CloseReason.SESSION;
        });
  }

  private void close(Disconnect why, CloseReason reason) {
    if (state != State.OPEN) {
      return;
    }
    finish(Frame.close(why.code(), why.reason()), reason)
        .addListener(written -> SocketEnd.shutDownOutput(channel));
    channel.config().setAutoRead(true);
  }

  /** The node goes down: closes in the protocol's way, when its session is done. */
  @Override
  public CompletableFuture<Void> shutDown() {
    leave(CloseReason.DRAIN);
    CompletableFuture<Void> gone = new CompletableFuture<>();
    channel.closeFuture().addListener(closed -> gone.complete(null));
    return gone;
  }

  /** Writes the queued frames and the close frame; nothing is sent after it. */
  private ChannelFuture finish(Frame closeFrame, CloseReason reason) {
    closeReason = reason;
    outbound.add(closeFrame); // Not send, which may find the client too slow and close it again.
    state = State.CLOSING;
    outbound.countNoMore();
    context.loop().schedule(() -> SocketEnd.cut(channel), context.config().closeTimeout());
    return outbound.send();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
    ctx.fireChannelInactive();
  }

  /** The client has ended its side of TLS, as it could have ended that of the socket. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslCloseCompletionEvent) {
      ctx.close();
    }
    ctx.fireUserEventTriggered(event);
  }

  private void end() {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    outbound.countNoMore();
    if (received != null && !decoding) {
      received.release();
      received = null;
    }
    if (session != null) {
      context.counters().closed(closeReason);
      context.heartbeat().remove(this);
      session.onClosed();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    String loss = SocketEnd.lossOf(cause);
    if (loss != null) {
      about(Level.DEBUG).log("Connection {} is lost: {}", number, loss);
      ctx.close();
    } else {
      about(Level.ERROR)
          .setCause(cause)
          .log("Connection {} failed with an unexpected exception", number);
      close(Disconnect.INTERNAL_ERROR, CloseReason.BUG);
    }
  }
}
