package io.carillon.adapter.kit;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread and the tasks that others post to it, run in the order in which they were posted. A
 * task may block. The inbox is unbounded: a caller that posts for clients keeps a limit of its own.
 */
final class Worker {

  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final Thread thread;
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
    runAll();
  }

  private void sleep() {
    asleep = true;
    if (inbox.isEmpty() && !stopping) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  private void runAll() {
    for (@Nullable Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
      try {
        task.run();
      } catch (Throwable bug) {
        log.error("A task of {} failed", thread.getName(), bug);
      }
    }
  }
}
