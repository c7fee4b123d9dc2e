package io.carillon.server.transport;

import io.carillon.hub.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.Arrays;

/**
 * What one client is still to be sent: frames that queue until the end of the loop's turn, and what
 * has been written and the client has not taken yet, of which the {@link OutboundBudget} is told.
 * Owned by one connection, used on its event loop.
 */
final class Outbound {

  private static final int INITIAL_QUEUE = 4;
  private static final int MAX_KEPT_QUEUE = 16;
  private static final Frame[] NO_FRAMES = {};

  private final Channel channel;
  private final OutboundBudget budget;
  private final TransportCounters counters;

  private Frame[] queue = NO_FRAMES;
  private int queued;
  private int queuedBytes;

  /** What the budget knows to be unsent. */
  private long budgeted;

  private boolean counted = true;

  Outbound(Channel channel, OutboundBudget budget, TransportCounters counters) {
    this.channel = channel;
    this.budget = budget;
    this.counters = counters;
  }

  /** Whether nothing is queued. */
  boolean isEmpty() {
    return queued == 0;
  }

  int queuedBytes() {
    return queuedBytes;
  }

  void add(Frame frame) {
    if (queued == queue.length) {
      queue = Arrays.copyOf(queue, Math.max(INITIAL_QUEUE, 2 * queued));
    }
    queue[queued++] = frame;
    queuedBytes += frame.size();
  }

  /** Sends all that is queued, with one write and one flush. */
  ChannelFuture send() {
    return channel.writeAndFlush(gather());
  }

  /** The same for who doesn't want to know when it is sent. */
  void sendAndForget() {
    channel.write(gather(), channel.voidPromise());
    channel.flush();
  }

  /** All queued frames in one buffer. */
  @SuppressWarnings("NullAway") // The unused part of the array is null, and nobody reads it.
  private ByteBuf gather() {
    counters.sentBytes.add(queuedBytes);
    counters.sentFrames.add(queued);
    ByteBuf out = channel.alloc().directBuffer(queuedBytes, queuedBytes);
    for (int i = 0; i < queued; i++) {
      out.writeBytes(queue[i].bytes());
    }
    if (queue.length > MAX_KEPT_QUEUE) {
      queue = NO_FRAMES;
    } else {
      Arrays.fill(queue, 0, queued, null);
    }
    queued = 0;
    queuedBytes = 0;
    return out;
  }

  /** Forgets what is queued. */
  void drop() {
    queue = NO_FRAMES;
    queued = 0;
    queuedBytes = 0;
  }

  /** How many bytes the client has not taken yet, as the budget knows from now on. */
  long measure() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    long unsent = buffer == null || !counted ? 0 : buffer.totalPendingWriteBytes();
    budget.change(unsent - budgeted);
    budgeted = unsent;
    return unsent;
  }

  /** The connection ends: what is unsent from now on is bounded by time, and no longer counted. */
  void countNoMore() {
    counted = false;
    measure();
  }
}
