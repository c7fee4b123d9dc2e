package io.carillon.protocol.pusher;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How much of something there may be in a second, on this node: a bucket that holds a second's
 * worth and is filled evenly. Any thread.
 *
 * <p>It keeps one number, the time at which the bucket will be full again. What is more than a
 * second's worth in one go passes when the bucket is full, and is paid for afterwards.
 */
public final class Rate {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoClock;
  private final AtomicLong full;

  public Rate(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.full = new AtomicLong(nanoClock.getAsLong());
  }

  /**
   * Takes what there is, or nothing.
   *
   * @param amount how much
   * @param perSecond how much there may be; it may change
   * @return whether there was as much
   */
  public boolean take(int amount, int perSecond) {
    if (perSecond == Integer.MAX_VALUE) {
      return true;
    }
    long each = Math.max(1, SECOND / perSecond);
    long now = nanoClock.getAsLong();
    while (true) {
      long before = full.get();
      long start = before - now > 0 ? before : now;
      if (start - now > SECOND - Math.min(amount, perSecond) * each) {
        return false;
      }
      if (full.compareAndSet(before, start + amount * each)) {
        return true;
      }
    }
  }
}
