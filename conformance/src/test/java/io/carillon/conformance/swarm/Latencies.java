package io.carillon.conformance.swarm;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Latencies of any number of threads, in steps of 50 microseconds up to 5 seconds. */
public final class Latencies {

  private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
  private static final int STEPS = 100_000;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(STEPS);

  void add(long nanos) {
    counts.incrementAndGet((int) Math.min(STEPS - 1, nanos / STEP_NANOS));
  }

  long count() {
    long count = 0;
    for (int i = 0; i < STEPS; i++) {
      count += counts.get(i);
    }
    return count;
  }

  private double millisAt(double share) {
    long left = (long) Math.ceil(count() * share);
    int step = 0;
    for (long passed = 0; step < STEPS; step++) {
      passed += counts.get(step);
      if (passed >= left) {
        break;
      }
    }
    return (step + 1) * STEP_NANOS / 1e6;
  }

  @Override
  public String toString() {
    return "%d heard, p50 %.2f ms, p99 %.2f ms, max %.2f ms"
        .formatted(count(), millisAt(0.5), millisAt(0.99), millisAt(1));
  }
}
