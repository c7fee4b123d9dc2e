package io.carillon.metrics;

import java.util.List;

/**
 * Durations, counted by size so far.
 *
 * @param bounds the upper bounds of the buckets, in nanoseconds, ascending
 * @param counts how many durations fell into each bucket; the last count is for those above all
 *     bounds
 * @param totalNanos the sum of all durations
 */
public record LatencyStats(List<Long> bounds, List<Long> counts, long totalNanos) {

  public LatencyStats {
    bounds = List.copyOf(bounds);
    counts = List.copyOf(counts);
    if (counts.size() != bounds.size() + 1) {
      throw new IllegalArgumentException(
          "counts: " + counts.size() + " (expected: " + (bounds.size() + 1) + ")");
    }
  }

  /** The number of durations. */
  public long count() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
