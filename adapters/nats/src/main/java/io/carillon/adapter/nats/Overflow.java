package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Notices that messages were dropped because too many waited in this node, and reports the span of
 * time to which they belong. Looks every second, so an overflow that goes on is reported once a
 * second.
 *
 * <p>A message that was dropped after a look came after that look. So it was published later than
 * everything that was known to have arrived at the look; that is where the span begins.
 */
final class Overflow {

  static final Duration INTERVAL = Duration.ofSeconds(1);

  private final LongSupplier dropped;
  private final Supplier<Instant> wholeAt;
  private final InstantSource clock;
  private final Timer timer;
  private final BooleanSupplier ended;
  private final Report report;
  private final Lock lock = new ReentrantLock();

  /** How many had been dropped at the last look. Under the lock, as the next. */
  private long seen;

  /** The messages that had arrived at the last look were published before this. */
  private Instant from;

  /** Receives a report. */
  @FunctionalInterface
  interface Report {

    /**
     * @param count how many messages
     * @param from the beginning of the span
     * @param to its end
     */
    void dropped(long count, Instant from, Instant to);
  }

  /**
   * @param dropped how many messages were dropped so far
   * @param wholeAt everything that was published before this time has arrived
   * @param ended whether the link is lost
   */
  Overflow(
      LongSupplier dropped,
      Supplier<Instant> wholeAt,
      InstantSource clock,
      Timer timer,
      BooleanSupplier ended,
      Report report) {
    this.dropped = dropped;
    this.wholeAt = wholeAt;
    this.clock = clock;
    this.timer = timer;
    this.ended = ended;
    this.report = report;
    this.from = wholeAt.get();
  }

  /** Begins, and goes on until the link is lost. */
  void start() {
    if (!ended.getAsBoolean()) {
      look();
      timer.after(INTERVAL.toNanos(), this::start);
    }
  }

  /** Reports messages that were dropped since the last look. Any thread. */
  void look() {
    lock.lock();
    try {
      long now = dropped.getAsLong();
      if (now > seen) {
        report.dropped(now - seen, from, clock.instant());
        seen = now;
      }
      from = wholeAt.get();
    } finally {
      lock.unlock();
    }
  }
}
