package io.carillon.server.transport;

import java.util.concurrent.atomic.LongAdder;

/**
 * The bytes that all clients of this node together have not taken yet. One per {@link Transport};
 * every loop adds to it.
 *
 * <p>Each connection has its own limit, but many of them together could still take more memory than
 * there is. While the sum is over the limit, a connection with more than a {@link #FAIR_SHARE} is
 * closed at its next write. That is a constant amount of work, and clients that read fast enough
 * are spared.
 *
 * <p>Frames and clients that read fast enough cost nothing here. A connection measures itself once
 * a turn, after its flush, and reports only changes; from zero to zero is none. Only a connection
 * over its share reads the sum. Bytes that drain later without a further write are noticed at the
 * latest when the socket has taken all but 32 KiB (Netty's low water mark), or by the next ping, so
 * the sum is too high rather than too low. A connection that is being closed no longer counts; it
 * keeps its bytes for the close timeout at most.
 */
final class OutboundBudget {

  /** Netty's high water mark, too: a connection above it is notified when it has drained. */
  static final long FAIR_SHARE = 64 << 10;

  private final long maxBytes;
  private final LongAdder bytes = new LongAdder();

  OutboundBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A connection has this many bytes more, or less, than it reported last. */
  void change(long by) {
    if (by != 0) {
      bytes.add(by);
    }
  }

  /** Whether a connection with this many bytes has to be closed. */
  boolean isTooMuch(long own) {
    return own > FAIR_SHARE && bytes.sum() > maxBytes;
  }

  /** The sum now. */
  long bytes() {
    return bytes.sum();
  }
}
