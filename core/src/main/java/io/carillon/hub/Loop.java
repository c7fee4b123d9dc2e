package io.carillon.hub;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * One event loop, as the hub sees it: a single thread that runs posted tasks, in order.
 *
 * <p>{@link #execute} may be called by any thread, the loop's own included, and never runs the task
 * before it returns. After the loop has ended, tasks are dropped silently.
 */
public interface Loop extends Executor {

  /** Whether the calling thread is this loop's. */
  boolean inLoop();

  /** Posts a task that runs after the delay, at the earliest. May be called by any thread. */
  void schedule(Runnable task, Duration delay);

  /**
   * Writes out everything that was sent to this loop's connections since the last flush: one system
   * call per connection with queued frames. Only the loop's own thread calls it. The loop itself
   * flushes, at the end of its turn, frames that are sent outside a {@link HubShard} drain.
   */
  void flush();
}
