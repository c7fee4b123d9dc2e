package io.carillon.adapter.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds out whether a reader still hears everything, by comparing how far the brokers say that the
 * partitions go with how far the reader has come. The question goes through the same connections as
 * the records, so it needs no records of its own: an answer proves both directions of each
 * connection, and a reader that stands still before an end is deaf.
 *
 * <p>A backlog is no deafness: records that the client has fetched and the reader has not handled
 * yet prove that the way works. So a partition that stands still counts only if the client had
 * nothing left in between. While a reader hands records on, it does not ask, and nothing is
 * concluded.
 *
 * <p>On the reader's thread; {@link #wholeAt} may be read by any.
 */
final class EndWatch {

  /** How often the brokers are asked. */
  static final Duration INTERVAL = Duration.ofSeconds(2);

  /** After so long without an answer the link is lost. */
  static final Duration SILENCE = Duration.ofSeconds(6);

  /** How many answers in a row must prove that the reader is deaf. */
  private static final int PROOF = 2;

  private final LongSupplier nanoClock;
  private long askedAt;

  /** Since when no question is answered; meaningful while {@code silent}. */
  private long silentSince;

  private boolean silent;

  /** Whether the client had no fetched records left at some time since the latest answer. */
  private boolean drained;

  /** The latest answer, the positions then, and when it was asked for. */
  private Map<TopicPartition, Long> ends = Map.of();

  private Map<TopicPartition, Long> positions = Map.of();
  private Instant asked;

  /** How many answers in a row have found a partition standing still before its end. */
  private final Map<TopicPartition, Integer> still = new HashMap<>();

  /** How many answers in a row have found a partition shorter than what was read of it. */
  private final Map<TopicPartition, Integer> shorter = new HashMap<>();

  /** Everything that was accepted before this was read. Written by the reader's thread. */
  private volatile Instant wholeAt;

  /**
   * @param nanoClock monotonic, in nanoseconds
   * @param now the time before which nothing was missed
   */
  EndWatch(LongSupplier nanoClock, Instant now) {
    this.nanoClock = nanoClock;
    this.askedAt = nanoClock.getAsLong();
    this.asked = now;
    this.wholeAt = now;
  }

  /** Whether it is time to ask; at once while there is silence. */
  boolean isDue() {
    return silent || nanoClock.getAsLong() - askedAt >= INTERVAL.toNanos();
  }

  /** The client has no fetched records left. */
  void drained() {
    drained = true;
  }

  /** A question is about to be asked. */
  void asking() {
    askedAt = nanoClock.getAsLong();
    if (!silent) {
      silentSince = askedAt;
    }
  }

  /** No broker has answered in time; the reason for which the link is lost, if it is. */
  Optional<String> unanswered() {
    silent = true;
    long silence = nanoClock.getAsLong() - silentSince;
    return silence >= SILENCE.toNanos()
        ? Optional.of(
            "it has said nothing for %d ms".formatted(TimeUnit.NANOSECONDS.toMillis(silence)))
        : Optional.empty();
  }

  /**
   * The brokers have answered.
   *
   * @param at when they were asked, by this node's clock
   * @param newEnds the offset behind the last record of each partition
   * @param newPositions the offset of the record that is handled next
   */
  Verdict answered(
      Instant at, Map<TopicPartition, Long> newEnds, Map<TopicPartition, Long> newPositions) {
    silent = false;
    Verdict verdict = Verdict.FINE;
    for (Map.Entry<TopicPartition, Long> end : newEnds.entrySet()) {
      verdict = verdict.or(judge(end.getKey(), end.getValue(), newPositions));
    }
    if (reached(newPositions, newEnds)) {
      wholeAt = at;
    } else if (!ends.isEmpty() && reached(newPositions, ends)) {
      wholeAt = asked;
    }
    drained = false;
    ends = Map.copyOf(newEnds);
    positions = Map.copyOf(newPositions);
    asked = at;
    return verdict;
  }

  private Verdict judge(
      TopicPartition partition, long end, Map<TopicPartition, Long> newPositions) {
    long position = newPositions.getOrDefault(partition, 0L);
    if (position > end) {
      return shorter.merge(partition, 1, Integer::sum) >= PROOF ? Verdict.SHORTER : Verdict.FINE;
    }
    shorter.remove(partition);
    boolean before = position < ends.getOrDefault(partition, 0L);
    if (before && !drained) {
      return Verdict.FINE;
    }
    if (before && position == positions.getOrDefault(partition, -1L)) {
      return still.merge(partition, 1, Integer::sum) >= PROOF ? Verdict.DEAF : Verdict.FINE;
    }
    still.remove(partition);
    return Verdict.FINE;
  }

  private static boolean reached(
      Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  /** Everything that the brokers accepted before this time has arrived. Any thread. */
  Instant wholeAt() {
    return wholeAt;
  }

  /** The conclusion from an answer. */
  enum Verdict {
    FINE,
    /** There are records that the reader is not given. */
    DEAF,
    /** The topic has less than was read of it: it was created again. */
    SHORTER;

    private Verdict or(Verdict other) {
      return this == FINE ? other : this;
    }
  }
}
