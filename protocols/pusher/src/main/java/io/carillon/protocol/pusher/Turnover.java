package io.carillon.protocol.pusher;

import io.carillon.hub.Loop;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Slows down a client that leaves channels and joins others all the time. Owned by the connection's
 * event loop.
 *
 * <p>Leaving costs little and is never slowed down. First joins are bounded by the subscriptions
 * that a connection may have. A join in place of a subscription that was given up can be repeated
 * for ever, is told to the other members of a presence channel, and may cost the broker a binding:
 * so these have a rate. The same goes for joins of a presence channel that is full, whose
 * subscriptions the node gives up. The client is not read while it is beyond that rate, 10 ms for
 * each of them.
 */
final class Turnover {

  private static final int MAX_PER_SECOND = 100;
  private static final Duration REST = Duration.ofSeconds(1).dividedBy(MAX_PER_SECOND);

  private final Loop loop;
  private final Rate joins;
  private final Runnable onRested;

  /** Subscriptions that were given up, and in whose place none was asked for yet. */
  private int free;

  private boolean resting;

  /**
   * @param nanoClock a monotonic clock, nanoseconds
   * @param onRested runs on the loop when {@link #isResting} has become false
   */
  Turnover(Loop loop, LongSupplier nanoClock, Runnable onRested) {
    this.loop = loop;
    this.joins = new Rate(nanoClock);
    this.onRested = onRested;
  }

  /** The client has given a subscription up, or the node has, for want of a place in a channel. */
  void left() {
    free++;
  }

  /** The client asks for a subscription. */
  void asked() {
    if (free > 0) {
      free--;
      restUnlessDue();
    }
  }

  /** Whether the client is not to be read for now. */
  boolean isResting() {
    return resting;
  }

  private void restUnlessDue() {
    resting = !joins.take(1, MAX_PER_SECOND);
    if (resting) {
      loop.schedule(this::onOver, REST);
    }
  }

  private void onOver() {
    restUnlessDue();
    if (!resting) {
      onRested.run();
    }
  }
}
