package io.carillon.server.transport;

import java.util.concurrent.atomic.LongAdder;

/**
 * What all clients of this node together have not taken yet. One per {@link Transport}; every loop
 * adds to it.
 *
 * <p>Each connection is bounded by itself, but many of them could still take more memory than there
 * is. While the sum is over the bound, a connection with more than a {@link #FAIR_SHARE} is closed
 * at its next write: a constant amount of work, and whoever keeps pace is spared.
 *
 * <p>Nothing here is paid for a frame or for a client that keeps pace. A connection measures itself
 * once a turn, after its flush, and reports a change only: from nothing to nothing is none. The sum
 * is read only by a connection over its share. What drains later without a further write is noticed
 * at the latest when the socket takes everything but 32 KiB (Netty's low water mark), or by the
 * next ping, so the sum is rather too high than too low. A connection that is being closed no
 * longer counts; it keeps its bytes for the close timeout at most.
 */
final class OutboundBudget {

  /** Netty's high water mark as well: who is above it gets word when it has drained. */
  static final long FAIR_SHARE = 64 << 10;

  private final long maxBytes;
  private final LongAdder bytes = new LongAdder();

  OutboundBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A connection has so many bytes more, or less, than it said last. */
  void change(long by) {
    if (by != 0) {
      bytes.add(by);
    }
  }

  /** Whether a connection with so many bytes has to go. */
  boolean isTooMuch(long own) {
    return own > FAIR_SHARE && bytes.sum() > maxBytes;
  }

  /** The sum now. */
  long bytes() {
    return bytes.sum();
  }
}
