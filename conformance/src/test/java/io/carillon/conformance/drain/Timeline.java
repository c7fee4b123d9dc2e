package io.carillon.conformance.drain;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Moments in buckets, as text.
 *
 * @param buckets how many in each bucket, by its beginning in milliseconds
 */
record Timeline(Map<Long, Long> buckets) {

  private static final long BUCKET = 100;
  private static final int WIDEST = 60;

  static Timeline of(Collection<Long> millis) {
    return new Timeline(
        millis.stream()
            .collect(
                Collectors.groupingBy(
                    m -> Math.floorDiv(m, BUCKET) * BUCKET, TreeMap::new, Collectors.counting())));
  }

  /** How many are in buckets that begin before. */
  long before(long millis) {
    return buckets.entrySet().stream()
        .filter(bucket -> bucket.getKey() < millis)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  @Override
  public String toString() {
    long most = buckets.values().stream().mapToLong(Long::longValue).max().orElse(1);
    return buckets.entrySet().stream()
        .map(
            bucket ->
                "%6d ms %6d %s%n"
                    .formatted(
                        bucket.getKey(),
                        bucket.getValue(),
                        "#".repeat(Math.toIntExact(WIDEST * bucket.getValue() / most))))
        .collect(Collectors.joining());
  }
}
