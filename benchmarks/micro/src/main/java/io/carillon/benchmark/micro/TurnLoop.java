package io.carillon.benchmark.micro;

import io.carillon.hub.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** A loop whose turns are taken by whoever measures, on one thread. Time doesn't pass on it. */
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

  /** What is due later is never due. */
  @Override
  public void schedule(Runnable task, Duration delay) {
    if (delay.isZero()) {
      execute(task);
    }
  }

  @Override
  public void flush() {}

  /** Runs what was posted, and what that posts. */
  public void turn() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
