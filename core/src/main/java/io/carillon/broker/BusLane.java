package io.carillon.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread of an {@link InMemoryBus} and the bounded queue before it; queued tasks are carried
 * together. Any thread offers.
 */
final class BusLane<T> {

  private static final Logger log = LoggerFactory.getLogger(BusLane.class);
  private static final int MAX_BATCH = 256;

  private final BlockingQueue<Queued<T>> queue = new LinkedBlockingQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final long maxBytes;
  private final Consumer<List<T>> carry;
  private final Consumer<T> abandon;
  private final Thread thread;

  /** Set once by the thread that stops the lane, read by the threads that offer. */
  private volatile boolean stopped;

  private record Queued<T>(T task, long weight) {}

  /**
   * @param name the thread's name
   * @param maxBytes the limit of the queue
   * @param carry carries tasks, on this lane's thread
   * @param abandon answers a task that is not carried any more, on this lane's thread
   */
  BusLane(String name, long maxBytes, Consumer<List<T>> carry, Consumer<T> abandon) {
    this.maxBytes = maxBytes;
    this.carry = carry;
    this.abandon = abandon;
    this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  /** Whether this many bytes more would fit now. */
  boolean hasRoom(long weight) {
    return queuedBytes.get() + weight <= maxBytes;
  }

  boolean isStopped() {
    return stopped;
  }

  /** Takes a task; false if the queue has no room for it, or the lane is stopped. */
  boolean offer(T task, long weight) {
    if (queuedBytes.addAndGet(weight) > maxBytes || stopped) {
      queuedBytes.addAndGet(-weight);
      return false;
    }
    Queued<T> queued = new Queued<>(task, weight);
    queue.add(queued);
    // The lane was stopped in between, and its thread may not look any more: then the item is still
    // here.
    return !stopped || !queue.remove(queued);
  }

  /** Ends the thread; queued tasks are abandoned. Idempotent. */
  void stop() {
    stopped = true;
    thread.interrupt();
  }

  private void run() {
    List<Queued<T>> taken = new ArrayList<>();
    try {
      while (!stopped) {
        taken.add(queue.take());
        queue.drainTo(taken, MAX_BATCH - 1);
        List<T> tasks = taken.stream().map(Queued::task).toList();
        guarded(() -> carry.accept(tasks));
        taken.forEach(queued -> queuedBytes.addAndGet(-queued.weight()));
        taken.clear();
      }
    } catch (InterruptedException asked) {
      // By stop.
    }
    for (Queued<T> left = queue.poll(); left != null; left = queue.poll()) {
      T task = left.task();
      guarded(() -> abandon.accept(task));
    }
  }

  /** Runs code that is not the bus's own: a failure is logged and ends nothing else. */
  static void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable bug) {
      log.error("A listener of the local bus failed", bug);
    }
  }
}
