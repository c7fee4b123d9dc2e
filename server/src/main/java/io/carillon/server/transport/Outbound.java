package io.carillon.server.transport;

import io.carillon.hub.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that one client is still to get: frames that queue until the end of the loop's turn,
 * and written bytes that the client has not taken yet. The {@link OutboundBudget} is told the
 * number of the latter. Owned by one connection, used on its event loop.
 */
final class Outbound {

  private static final Frame[] NO_FRAMES = {};

  private final Channel channel;
  private final LoopContext context;

  /** Netty's; null if the socket was closed before. */
  private final @Nullable ChannelOutboundBuffer pending;

  /** Null while nothing is queued. Usually there is one frame a turn, and no array is needed. */
  private @Nullable Frame first;

  private Frame[] others = NO_FRAMES;
  private int otherCount;
  private int queuedBytes;

  /** The number of unsent bytes that the budget knows. */
  private long budgeted;

  private boolean counted = true;

  Outbound(Channel channel, LoopContext context) {
    this.channel = channel;
    this.context = context;
    this.pending = channel.unsafe().outboundBuffer();
  }

  /** Whether nothing is queued. */
  boolean isEmpty() {
    return first == null;
  }

  int queuedBytes() {
    return queuedBytes;
  }

  void add(Frame frame) {
    if (first == null) {
      first = frame;
    } else {
      if (otherCount == others.length) {
        others = Arrays.copyOf(others, 2 * otherCount + 1);
      }
      others[otherCount++] = frame;
    }
    queuedBytes += frame.size();
  }

  /** Sends all queued frames, with one write and one flush. */
  ChannelFuture send() {
    int length = queuedBytes;
    return channel.writeAndFlush(buffer(takeQueued(), 0, length));
  }

  /**
   * Same, without a completion future: directly to the socket if that is possible. Bytes that the
   * socket doesn't take then are copied, because the loop's next connection uses the same scratch
   * array.
   */
  void sendAndForget() {
    int length = queuedBytes;
    byte[] bytes = takeQueued();
    int sent = isIdle() ? context.direct().send(channel, bytes, length) : 0;
    if (sent < length) {
      channel.write(buffer(bytes, sent, length - sent), channel.voidPromise());
      channel.flush();
    }
  }

  /**
   * Whether Netty has nothing for this socket, flushed or not, that a direct call would overtake.
   */
  private boolean isIdle() {
    return pending != null && pending.totalPendingWriteBytes() == 0;
  }

  private ByteBuf buffer(byte[] bytes, int from, int length) {
    return channel.alloc().directBuffer(length, length).writeBytes(bytes, from, length);
  }

  /**
   * All queued frames one after the other; valid until another connection of the loop calls this.
   */
  private byte[] takeQueued() {
    Frame only = Objects.requireNonNull(first);
    int frames = only.count();
    byte[] bytes = only.bytes();
    if (otherCount > 0) {
      bytes = context.loop().scratch(queuedBytes);
      System.arraycopy(only.bytes(), 0, bytes, 0, only.size());
      int at = only.size();
      for (int i = 0; i < otherCount; i++) {
        Frame frame = others[i];
        System.arraycopy(frame.bytes(), 0, bytes, at, frame.size());
        at += frame.size();
        frames += frame.count();
      }
    }
    context.traffic().wrote(queuedBytes, frames);
    drop();
    return bytes;
  }

  /** Drops the queued frames. */
  void drop() {
    first = null;
    others = NO_FRAMES;
    otherCount = 0;
    queuedBytes = 0;
  }

  /** How many bytes the client has not taken yet; the budget knows this number from now on. */
  long measure() {
    long unsent = pending == null || !counted ? 0 : pending.totalPendingWriteBytes();
    context.budget().change(unsent - budgeted);
    budgeted = unsent;
    return unsent;
  }

  /**
   * The connection ends: from now on its unsent bytes are bounded by time, and no longer counted.
   */
  void countNoMore() {
    counted = false;
    measure();
  }
}
