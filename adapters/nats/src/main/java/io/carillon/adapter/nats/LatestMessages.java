package io.carillon.adapter.nats;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The control messages that wait for this node's listener, up to a limit. Beyond the limit the
 * oldest are dropped, because newer ones replace them; the NATS client's own queue would drop the
 * newest.
 *
 * <p>Any thread offers. The listener takes one message at a time, in order, on this object's
 * thread.
 */
final class LatestMessages {

  /** The memory that a waiting message takes beside its bytes. */
  private static final int OVERHEAD = 64;

  private final long limit;
  private final Consumer<byte[]> listener;
  private final ExecutorService thread;
  private final Lock lock = new ReentrantLock();

  /** Under the lock, as the next three. */
  private final Deque<byte[]> waiting = new ArrayDeque<>();

  private long bytes;
  private long dropped;

  /** Whether a task of the thread goes on with what waits. */
  private boolean delivering;

  /**
   * @param limit how many bytes may wait
   */
  LatestMessages(ThreadFactory threads, long limit, Consumer<byte[]> listener) {
    this.limit = limit;
    this.listener = listener;
    this.thread = Executors.newSingleThreadExecutor(threads);
  }

  /** Takes a message, and drops the oldest ones if there is no room for it. */
  void offer(byte[] message) {
    lock.lock();
    try {
      waiting.addLast(message);
      bytes += size(message);
      while (bytes > limit) {
        bytes -= size(waiting.removeFirst());
        dropped++;
      }
      deliverOn();
    } finally {
      lock.unlock();
    }
  }

  private static long size(byte[] message) {
    return (long) message.length + OVERHEAD;
  }

  /** Has the next message delivered, unless that happens already. Under the lock. */
  private void deliverOn() {
    if (!delivering && !waiting.isEmpty()) {
      try {
        thread.execute(this::deliver);
        delivering = true;
      } catch (RejectedExecutionException closed) {
        waiting.clear();
      }
    }
  }

  private void deliver() {
    byte[] next = poll();
    try {
      if (next != null) {
        listener.accept(next);
      }
    } finally {
      lock.lock();
      try {
        delivering = false;
        deliverOn();
      } finally {
        lock.unlock();
      }
    }
  }

  private byte @Nullable [] poll() {
    lock.lock();
    try {
      byte[] next = waiting.pollFirst();
      bytes -= next == null ? 0 : size(next);
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** How many messages were dropped so far. */
  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the thread end with the message that it delivers now. */
  void close() {
    thread.shutdown();
  }
}
