package io.carillon.protocol.pusher;

import io.carillon.hub.Loop;
import io.carillon.protocol.Rate;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Slows down a client that constantly leaves channels and joins others. Owned by the connection's
 * event loop.
 *
 * <p>Leaving costs little and is never slowed down. The number of first joins is limited by the
 * subscriptions that a connection may have. A join that replaces a given-up subscription can be
 * repeated for ever, is reported to the other members of a presence channel, and may cost the
 * broker a binding; so such joins have a rate. The same rate holds for joins of a presence channel
 * that is full, whose subscriptions the node gives up. Beyond that rate the node does not read from
 * the client, for 10 ms for each join.
 */
final class Turnover {

  private static final int MAX_PER_SECOND = 100;
  private static final Duration REST = Duration.ofSeconds(1).dividedBy(MAX_PER_SECOND);

  private final Loop loop;
  private final Rate joins;
  private final Runnable onRested;

  /** Given-up subscriptions that no join has replaced yet. */
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

  /** The client has given a subscription up, or the node has, because the channel is full. */
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

  /** Whether the client must not be read now. */
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
