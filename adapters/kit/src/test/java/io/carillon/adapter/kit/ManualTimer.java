package io.carillon.adapter.kit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** A timer whose tasks run when a test says that their time has come. One thread. */
final class ManualTimer implements Timer {

  private record Planned(Duration after, Runnable task) {}

  private final Queue<Planned> planned = new ArrayDeque<>();

  @Override
  public void after(long nanos, Runnable task) {
    planned.add(new Planned(Duration.ofNanos(nanos), task));
  }

  int planned() {
    return planned.size();
  }

  /** Runs the oldest task; how long it had to wait. */
  Duration runNext() {
    Planned next = planned.remove();
    next.task().run();
    return next.after();
  }
}
