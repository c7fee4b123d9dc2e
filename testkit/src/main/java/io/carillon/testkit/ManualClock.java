package io.carillon.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Both clocks of Carillon, monotonic ({@link LongSupplier}, nanoseconds) and wall ({@link
 * InstantSource}). They move only when a test advances them. Safe for use by many threads.
 */
public final class ManualClock implements LongSupplier, InstantSource {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Starts near the end of the range, so that comparisons which ignore overflow fail at once. */
  private static final long START_NANOS = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  private final AtomicLong elapsed = new AtomicLong();

  /** Lets this much time pass. */
  public void advance(Duration duration) {
    elapsed.addAndGet(duration.toNanos());
  }

  @Override
  public long getAsLong() {
    return START_NANOS + elapsed.get();
  }

  @Override
  public Instant instant() {
    return START.plusNanos(elapsed.get());
  }
}
