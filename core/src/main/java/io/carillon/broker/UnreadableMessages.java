package io.carillon.broker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts messages that can't be read here and are dropped, and logs one of them at most once a
 * minute, because a sender of such messages sends thousands of them. Safe for use by many threads.
 */
public final class UnreadableMessages {

  private static final Logger log = LoggerFactory.getLogger(UnreadableMessages.class);
  private static final long WARN_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanoClock;
  private final LongAdder count = new LongAdder();
  private final AtomicLong nextWarning;

  /**
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  public UnreadableMessages(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.nextWarning = new AtomicLong(nanoClock.getAsLong());
  }

  /** How many messages there were so far. */
  public long count() {
    return count.sum();
  }

  /**
   * Counts one message.
   *
   * @param why what is wrong with it, without its content
   */
  public void add(String why) {
    count.increment();
    long now = nanoClock.getAsLong();
    long due = nextWarning.get();
    if (now - due >= 0 && nextWarning.compareAndSet(due, now + WARN_INTERVAL_NANOS)) {
      log.warn("Dropped a broker message that can't be read here: {}; {} so far", why, count());
    }
  }
}
