package io.carillon.hub;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * One event loop, as the hub sees it: a single thread that runs what is posted to it, in order.
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
   * Writes out whatever was sent to this loop's connections since the last flush: one system call
   * per touched connection. Only the loop's own thread calls it. Frames that are sent outside a
   * {@link HubShard} drain are flushed by the loop itself at the end of its turn.
   */
  void flush();
}
