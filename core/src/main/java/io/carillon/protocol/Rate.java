package io.carillon.protocol;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How often something may happen in a second, on this node: a bucket that holds a second's worth
 * and is filled evenly. Any thread.
 *
 * <p>A rate keeps one number, the time at which the bucket will be full again. A request for more
 * than a second's worth passes if the bucket is full; later requests then wait for longer.
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
   * Takes an amount, or nothing.
   *
   * @param amount the amount
   * @param perSecond the amount per second; it may change
   * @return whether the bucket held the amount
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
