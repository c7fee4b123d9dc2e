package io.carillon.effects;

import io.carillon.view.Checkpoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The channels of one loop that were told as vacated, in order. Their checkpoints are kept for a
 * while, so that an older one of a node that was cut off is recognised. Owned by the loop.
 */
final class Tombstones {

  private record Tombstone(long nanos, long number, ChannelEffects effects) {}

  private final Queue<Tombstone> order = new ArrayDeque<>();
  private final long memoryNanos;
  private final int max;
  private final Consumer<ChannelEffects> ended;

  /**
   * @param ended is told of each channel whose checkpoint may be dropped
   */
  Tombstones(Duration memory, int max, Consumer<ChannelEffects> ended) {
    this.memoryNanos = memory.toNanos();
    this.max = max;
    this.ended = ended;
  }

  void add(ChannelEffects effects, long number, long nowNanos) {
    order.add(new Tombstone(nowNanos, number, effects));
  }

  void sweep(long nowNanos) {
    for (Tombstone first = order.peek();
        first != null && (nowNanos - first.nanos > memoryNanos || order.size() > max);
        first = order.peek()) {
      order.remove();
      Checkpoint own = first.effects.claims.own();
      if (own != null && own.number() == first.number) {
        ended.accept(first.effects);
      }
    }
  }
}
