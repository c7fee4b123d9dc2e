package io.carillon.effects;

import io.carillon.effects.Effect.Change;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The changes that one loop saw a moment ago, in order. Another node tells them; should that node
 * be gone, this one may have to. Owned by the loop.
 */
final class RecentChanges {

  private record Place(long nanos, ChannelEffects effects) {}

  private final Queue<Place> order = new ArrayDeque<>();
  private final long recallNanos;
  private final int max;
  private final Consumer<ChannelEffects> forgotten;
  private long sequence;

  /**
   * @param recall for how long changes are remembered
   * @param max the most changes that are remembered
   * @param forgotten is told of each channel of which something was forgotten
   */
  RecentChanges(Duration recall, int max, Consumer<ChannelEffects> forgotten) {
    this.recallNanos = recall.toNanos();
    this.max = max;
    this.forgotten = forgotten;
  }

  /** The change is of now. */
  Remembered add(ChannelEffects effects, Change change, long nowNanos) {
    Remembered seen = next(change, nowNanos);
    effects.recent.add(seen);
    order.add(new Place(nowNanos, effects));
    forget(nowNanos);
    return seen;
  }

  /** A change that need not be remembered. */
  Remembered next(Change change, long nowNanos) {
    sequence++;
    return new Remembered(sequence, nowNanos, change);
  }

  private void forget(long nowNanos) {
    for (Place first = order.peek();
        first != null && (nowNanos - first.nanos > recallNanos || order.size() > max);
        first = order.peek()) {
      order.remove();
      first.effects.recent.remove();
      forgotten.accept(first.effects);
    }
  }
}
