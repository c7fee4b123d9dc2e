package io.carillon.server.transport;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counts an event that is logged once a minute at most. Any thread. */
final class PacedWarning {

  private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanoClock;
  private final AtomicLong due;
  private final LongAdder count = new LongAdder();

  /**
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  PacedWarning(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.due = new AtomicLong(nanoClock.getAsLong());
  }

  /**
   * Counts one event.
   *
   * @return how many there were so far, if this one is to be logged; else empty
   */
  OptionalLong add() {
    count.increment();
    long now = nanoClock.getAsLong();
    long planned = due.get();
    return now - planned >= 0 && due.compareAndSet(planned, now + INTERVAL_NANOS)
        ? OptionalLong.of(count.sum())
        : OptionalLong.empty();
  }
}
