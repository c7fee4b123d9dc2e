package io.carillon.adapter.kit;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that any thread posts, and one thread that runs them, one at a time, in the order in which
 * they were posted. A task may block. The inbox is unbounded: a caller that posts for clients keeps
 * a limit of its own.
 *
 * <p>A task that does not block may run on the thread that posts it ({@link #runOrPost}), which
 * saves the time of waking the worker's thread. The worker has one owner at a time, the thread that
 * runs its tasks; what one owner writes, the next one sees.
 */
final class Worker {

  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  /** How many tasks a posting thread runs at most, because it has work of its own. */
  private static final int BORROWED_TASKS = 16;

  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final Thread thread;

  /** Whether a thread runs tasks now. */
  private final AtomicBoolean owned = new AtomicBoolean();

  private volatile boolean asleep;
  private volatile boolean stopping;
  private volatile boolean ended;

  Worker(String name) {
    thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  Worker start() {
    thread.start();
    return this;
  }

  /** Posts a task; false if this worker has stopped, and the task then never runs. */
  boolean post(Runnable task) {
    if (stopping) {
      return false;
    }
    inbox.add(task);
    if (asleep) {
      LockSupport.unpark(thread);
    }
    // The thread may have looked into the inbox for the last time before this task came: then the
    // task is still here.
    return !(ended && inbox.remove(task));
  }

  /**
   * As {@link #post}, but the calling thread runs the task if no other thread runs tasks now, and
   * the tasks that were posted before it. They must not block then.
   */
  boolean runOrPost(Runnable task) {
    if (stopping) {
      return false;
    }
    inbox.add(task);
    if (owned.compareAndSet(false, true)) {
      try {
        runUpTo(BORROWED_TASKS);
      } finally {
        owned.set(false);
      }
    }
    // Tasks are left if there were too many, or if they came after the owner's last look.
    if (asleep && !inbox.isEmpty()) {
      LockSupport.unpark(thread);
    }
    return !(ended && inbox.remove(task));
  }

  /** Ends the thread after it has run all posted tasks. */
  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  /** Waits for the end after {@link #stop}, but not longer than this. */
  void join(Duration atMost) throws InterruptedException {
    if (!thread.equals(Thread.currentThread())) {
      thread.join(atMost);
    }
  }

  private void run() {
    while (!stopping) {
      runAll();
      sleep();
    }
    ended = true;
    while (!inbox.isEmpty()) {
      runAll();
      Thread.onSpinWait(); // Another thread runs the last tasks.
    }
  }

  /** An owner that leaves tasks behind wakes this thread when it has given the worker up. */
  private void sleep() {
    asleep = true;
    if (!stopping && (inbox.isEmpty() || owned.get())) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  private void runAll() {
    while (!inbox.isEmpty() && owned.compareAndSet(false, true)) {
      try {
        runUpTo(Integer.MAX_VALUE);
      } finally {
        owned.set(false);
      }
    }
  }

  /** By the owner. */
  private void runUpTo(int most) {
    for (int i = 0; i < most; i++) {
      @Nullable Runnable task = inbox.poll();
      if (task == null) {
        return;
      }
      try {
        task.run();
      } catch (Throwable bug) {
        log.error("A task of {} failed", thread.getName(), bug);
      }
    }
  }
}
