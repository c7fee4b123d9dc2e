package io.carillon.presence;

import io.carillon.hub.Loop;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/**
 * Tasks of one loop that run when something has been so for a while. One timer serves all of them.
 * Owned by the loop.
 */
final class Settling {

  private record Due(long nanos, long number, Runnable task) {}

  private final Loop loop;
  private final LongSupplier nanoClock;
  private final PriorityQueue<Due> waiting;
  private long numbers;
  private boolean isScheduled;
  private long scheduledNanos;

  /**
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  Settling(Loop loop, LongSupplier nanoClock) {
    this.loop = loop;
    this.nanoClock = nanoClock;
    long origin = nanoClock.getAsLong();
    this.waiting =
        new PriorityQueue<>(
            Comparator.<Due>comparingLong(due -> due.nanos - origin)
                .thenComparingLong(Due::number));
  }

  /**
   * Runs a task at a time; at once if the time has passed. Tasks of one time run in the order of
   * these calls.
   */
  void at(long nanos, Runnable task) {
    if (nanos - nanoClock.getAsLong() <= 0) {
      task.run();
      return;
    }
    waiting.add(new Due(nanos, numbers++, task));
    schedule();
  }

  private void schedule() {
    Due next = waiting.peek();
    if (next != null && !(isScheduled && scheduledNanos - next.nanos <= 0)) {
      isScheduled = true;
      scheduledNanos = next.nanos;
      long delay = Math.max(0, next.nanos - nanoClock.getAsLong());
      loop.schedule(this::run, Duration.ofNanos(delay));
    }
  }

  private void run() {
    isScheduled = false;
    for (Due next = waiting.peek(); next != null; next = waiting.peek()) {
      if (next.nanos - nanoClock.getAsLong() > 0) {
        break;
      }
      waiting.remove().task.run();
    }
    schedule();
  }
}
