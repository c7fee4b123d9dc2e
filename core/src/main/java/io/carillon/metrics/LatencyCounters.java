package io.carillon.metrics;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Counts durations by size: from half a millisecond, which a broker on the same machine takes, to
 * the ten seconds after which a node gives up waiting for an answer. Any thread writes and reads;
 * counting a duration allocates nothing.
 */
public final class LatencyCounters {

  private static final long[] BOUNDS = {
    micros(500),
    micros(1_000),
    micros(2_500),
    micros(5_000),
    micros(10_000),
    micros(25_000),
    micros(50_000),
    micros(100_000),
    micros(250_000),
    micros(500_000),
    micros(1_000_000),
    micros(2_500_000),
    micros(5_000_000),
    micros(10_000_000),
  };

  private final LongAdder[] counts =
      IntStream.rangeClosed(0, BOUNDS.length)
          .mapToObj(i -> new LongAdder())
          .toArray(LongAdder[]::new);
  private final LongAdder total = new LongAdder();

  private static long micros(long micros) {
    return TimeUnit.MICROSECONDS.toNanos(micros);
  }

  /**
   * Counts a duration.
   *
   * @param nanos in nanoseconds
   */
  public void add(long nanos) {
    int bucket = 0;
    while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    total.add(nanos);
  }

  /** The durations so far. */
  public LatencyStats stats() {
    return new LatencyStats(
        Arrays.stream(BOUNDS).boxed().toList(),
        Stream.of(counts).map(LongAdder::sum).toList(),
        total.sum());
  }
}
