package io.carillon.adapter.kafka;

import java.time.Instant;
import java.util.OptionalLong;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * How far the publications of a topic were handled, and what was skipped and not yet reported. It
 * outlives its link, so that the next one reads on from there. One reader's thread writes; the
 * supervisor's thread reads when that thread has ended.
 */
final class Resume {

  private final Uuid topic;
  private final long[] next;
  private volatile boolean forgotten;

  /** Until when publications were skipped that are in no report yet; null for none. */
  private volatile @Nullable Instant skippedUntil;

  /**
   * @param topic the id of the topic
   * @param next the offset of the next record of each partition
   * @param skippedUntil until when publications were skipped; null for none
   */
  Resume(Uuid topic, long[] next, @Nullable Instant skippedUntil) {
    this.topic = topic;
    this.next = next.clone();
    this.skippedUntil = skippedUntil;
  }

  /** A record was handled, or does not concern this node. */
  void handled(int partition, long offset) {
    next[partition] = offset + 1;
  }

  /** The offsets mean nothing any more: the topic has lost records or was created again. */
  void forget() {
    forgotten = true;
  }

  /** The next record of a partition; empty if that is unknown. */
  OptionalLong next(Uuid inTopic, int partition) {
    return forgotten || !inTopic.equals(topic) || partition >= next.length
        ? OptionalLong.empty()
        : OptionalLong.of(next[partition]);
  }

  /** Whether the records of this topic that were read say nothing about those that follow. */
  boolean isForgotten(Uuid inTopic) {
    return forgotten || !inTopic.equals(topic);
  }

  @Nullable Instant skippedUntil() {
    return skippedUntil;
  }

  /** Skipped records are reported. */
  void reported() {
    skippedUntil = null;
  }
}
