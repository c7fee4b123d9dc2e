package io.carillon.adapter.kafka;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The offsets at which a link begins to read publications.
 *
 * @param next the offset of the first record of each partition that is read
 * @param skippedUntil publications of the time before this may be skipped; null if none is
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StartOffsets(long[] next, @Nullable Instant skippedUntil) {

  /**
   * The offsets of a partition, as the brokers tell them.
   *
   * @param begin the offset of the oldest record that is kept
   * @param end the offset behind the newest record
   * @param recent the offset of the first record that is young enough to be read after an outage
   */
  record Extent(long begin, long end, long recent) {}

  /** From the ends: nothing is read that was published before. */
  static StartOffsets atEnds(Extent[] extents) {
    long[] next = new long[extents.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = extents[i].end();
    }
    return new StartOffsets(next, null);
  }

  /**
   * From where the last link has stopped, but from no record that is too old.
   *
   * @param bound records from this time on are young enough
   * @param now this node's time
   */
  static StartOffsets after(Resume last, Uuid topic, Extent[] extents, Instant bound, Instant now) {
    long[] next = new long[extents.length];
    Optional<Instant> skipped = Optional.ofNullable(last.skippedUntil());
    for (int i = 0; i < next.length; i++) {
      Extent extent = extents[i];
      long recent = Math.max(extent.begin(), extent.recent());
      OptionalLong kept = last.next(topic, i);
      if (kept.isPresent() && kept.getAsLong() <= extent.end()) {
        next[i] = Math.max(kept.getAsLong(), recent);
        skipped = next[i] > kept.getAsLong() ? later(skipped, bound) : skipped;
      } else {
        next[i] = recent;
        boolean isNew = kept.isEmpty() && !last.isForgotten(topic);
        if (!isNew) {
          skipped = later(skipped, now);
        } else if (recent > 0) {
          skipped = later(skipped, bound);
        }
      }
    }
    return new StartOffsets(next, skipped.orElse(null));
  }

  private static Optional<Instant> later(Optional<Instant> one, Instant other) {
    return one.isPresent() && one.get().isAfter(other) ? one : Optional.of(other);
  }
}
