package io.carillon.metrics;

import java.util.List;

/**
 * How long something took, so far.
 *
 * @param bounds the upper bounds of the buckets, in nanoseconds, ascending
 * @param counts how many fell into each bucket; one more for those above all bounds
 * @param totalNanos all of them together
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

  /** How many there were. */
  public long count() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
