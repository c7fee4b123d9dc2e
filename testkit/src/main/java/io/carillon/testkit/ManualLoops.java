package io.carillon.testkit;

import io.carillon.hub.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Event loops that run only when a test says so, all on the test's own thread: a test can produce
 * any interleaving of loops, and repeat it. Each loop keeps its own order, as real loops do.
 */
public final class ManualLoops {

  private final ManualClock clock;
  private final List<ManualLoop> loops = new ArrayList<>();
  private long timers;

  /** The loop whose task runs; null while the test itself runs. */
  private @Nullable ManualLoop running;

  public ManualLoops(int count, ManualClock clock) {
    this.clock = clock;
    for (int i = 0; i < count; i++) {
      loops.add(new ManualLoop());
    }
  }

  public List<Loop> loops() {
    return List.copyOf(loops);
  }

  /** How often a loop, counted from 0, was asked to flush. */
  public int flushes(int loop) {
    return loops.get(loop).flushes;
  }

  /** How many timers of a loop, counted from 0, are not due yet or were not collected yet. */
  public int pendingTimers(int loop) {
    return loops.get(loop).waiting.size();
  }

  /** Runs the next task of one loop, counted from 0; false when it has none. */
  public boolean runNext(int loop) {
    ManualLoop chosen = loops.get(loop);
    if (!chosen.isReady()) {
      return false;
    }
    chosen.runOne();
    return true;
  }

  /** Runs one task of a loop that is chosen at random; false when none has any. */
  public boolean runOne(RandomGenerator random) {
    List<ManualLoop> ready = loops.stream().filter(ManualLoop::isReady).toList();
    if (ready.isEmpty()) {
      return false;
    }
    ready.get(random.nextInt(ready.size())).runOne();
    return true;
  }

  /** Runs until no loop has a task that is due; timers that are not due yet stay. */
  public void runAll() {
    boolean ran = true;
    while (ran) {
      ran = false;
      for (ManualLoop loop : loops) {
        while (loop.isReady()) {
          loop.runOne();
          ran = true;
        }
      }
    }
  }

  private record Timer(long due, long number, Runnable task) {}

  private final class ManualLoop implements Loop {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> waiting =
        new PriorityQueue<>(
            Comparator.<Timer>comparingLong(t -> t.due - clock.getAsLong())
                .thenComparingLong(Timer::number));
    private int flushes;

    boolean isReady() {
      collectDue();
      return !tasks.isEmpty();
    }

    void runOne() {
      Runnable task = tasks.remove();
      ManualLoop before = running;
      running = this;
      try {
        task.run();
      } finally {
        running = before;
      }
    }

    private void collectDue() {
      for (Timer next = waiting.peek(); next != null; next = waiting.peek()) {
        if (next.due - clock.getAsLong() > 0) {
          return;
        }
        tasks.add(waiting.remove().task);
      }
    }

    /** Code of the test that runs outside of any loop's task counts as running on the loop. */
    @Override
    public boolean inLoop() {
      return running == null || running == this;
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
      waiting.add(new Timer(clock.getAsLong() + delay.toNanos(), timers++, task));
    }

    @Override
    public void flush() {
      flushes++;
    }
  }
}
