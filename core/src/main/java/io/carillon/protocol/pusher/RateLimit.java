package io.carillon.protocol.pusher;

import java.util.concurrent.TimeUnit;

/** So many a second, and as many at once after a quiet second. For one thread; knows no clock. */
final class RateLimit {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;

  /** How much of the allowance is used up, in nanoseconds that it takes to come back. */
  private long used;

  private long at;

  RateLimit(int perSecond, long nanoTime) {
    this.perSecond = perSecond;
    this.at = nanoTime;
  }

  /** Whether one more is allowed now; it then counts. */
  boolean tryOne(long nanoTime) {
    used = Math.max(0, used - (nanoTime - at));
    at = nanoTime;
    long cost = SECOND / perSecond;
    if (used + cost > SECOND) {
      return false;
    }
    used += cost;
    return true;
  }
}
