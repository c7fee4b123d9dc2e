package io.carillon.benchmark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** The latencies at the receiver of an {@link OpenLoop}. Filled by one thread, read afterwards. */
final class Latencies {

  private static final long HIGHEST = TimeUnit.MINUTES.toNanos(1);

  private final Histogram histogram = new Histogram(HIGHEST, 3);
  private final Schedule schedule;
  private final CountDownLatch missing;
  private long expected;
  private volatile boolean outOfOrder;

  Latencies(Schedule schedule, long messages) {
    this.schedule = schedule;
    this.missing = new CountDownLatch(Math.toIntExact(messages));
  }

  void arrived(long number) {
    long now = System.nanoTime();
    if (number != expected) {
      outOfOrder = true;
    }
    expected = number + 1;
    if (schedule.counts(number)) {
      histogram.recordValue(Math.min(HIGHEST, now - schedule.due(number)));
    }
    missing.countDown();
  }

  /** Waits for the last message and prints a line. */
  void report(String what) throws InterruptedException {
    boolean all = missing.await(10, TimeUnit.SECONDS);
    System.out.printf(
        "%-22s p50 %6.2f   p99 %6.2f   p99.9 %6.2f   max %6.2f ms   %d messages, %d lost, %s%n",
        what,
        millis(50),
        millis(99),
        millis(99.9),
        millis(100),
        histogram.getTotalCount(),
        all ? 0 : missing.getCount(),
        outOfOrder ? "OUT OF ORDER" : "in order");
  }

  double millis(double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }
}
