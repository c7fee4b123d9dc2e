package io.carillon.benchmark.micro;

import io.carillon.hub.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** A loop whose turns the benchmark takes, on one thread. Time doesn't pass on it. */
public final class TurnLoop implements Loop {

  private final Queue<Runnable> tasks = new ArrayDeque<>();

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Timers are never due. */
  @Override
  public void schedule(Runnable task, Duration delay) {
    if (delay.isZero()) {
      execute(task);
    }
  }

  @Override
  public void flush() {}

  /** Runs the posted tasks, and the tasks that these post. */
  public void turn() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
