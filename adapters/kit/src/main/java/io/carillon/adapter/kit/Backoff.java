package io.carillon.adapter.kit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause between attempts: twice as long each time up to a limit, less a random part of up to a
 * half, so that nodes that lost the same broker don't reconnect at the same time. Not thread-safe.
 */
public final class Backoff {

  private final long minNanos;
  private final long maxNanos;
  private final RandomGenerator random;
  private long nextNanos;

  public Backoff(Duration min, Duration max, RandomGenerator random) {
    this.minNanos = min.toNanos();
    this.maxNanos = max.toNanos();
    this.random = random;
    this.nextNanos = minNanos;
  }

  /** The next pause. */
  Duration next() {
    long whole = nextNanos;
    nextNanos = Math.min(maxNanos, whole * 2);
    return Duration.ofNanos(whole - random.nextLong(whole / 2 + 1));
  }

  /** Starts again with the shortest pause, after a success. */
  void reset() {
    nextNanos = minNanos;
  }
}
