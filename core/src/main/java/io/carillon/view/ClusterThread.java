package io.carillon.view;

import io.carillon.hub.Loop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop of a node's cluster: a thread of its own, so that heartbeats wait for no client. */
public final class ClusterThread implements Loop, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ClusterThread.class);

  private final ScheduledThreadPoolExecutor executor;

  /** Set once, by the thread itself. */
  private volatile Thread thread = Thread.currentThread();

  public ClusterThread() {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = Thread.ofPlatform().daemon().name("carillon-cluster").unstarted(task);
              thread = made;
              return made;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread().equals(thread);
  }

  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(guarded(task));
    } catch (RejectedExecutionException ended) {
      // The node has ended.
    }
  }

  @Override
  public void schedule(Runnable task, Duration delay) {
    try {
      var _ = executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException ended) {
      // The node has ended.
    }
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | AssertionError bug) {
        log.error("A task of the cluster failed", bug);
      }
    };
  }

  /** It has no connections. */
  @Override
  public void flush() {}

  /** Ends the thread; tasks that wait are dropped. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
