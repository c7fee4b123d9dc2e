package io.carillon.adapter.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes that are on their way to Redis and not answered. Lettuce buffers without a limit when a
 * socket takes nothing, so this is the limit: beyond it the publisher's thread waits. One thread
 * sends, any thread reports answers.
 */
final class Unanswered {

  private final long limit;
  private final CompletableFuture<String> lost;
  private final AtomicLong bytes = new AtomicLong();
  private final Lock lock = new ReentrantLock();
  private final Condition fewer = lock.newCondition();
  private volatile boolean waiting;

  /**
   * @param limit how many bytes may be on their way
   * @param lost ends all waiting
   */
  Unanswered(long limit, CompletableFuture<String> lost) {
    this.limit = limit;
    this.lost = lost;
    lost.thenRun(this::wake);
  }

  /** Whether the next message has to wait. */
  boolean isFull() {
    return bytes.get() >= limit;
  }

  /** Waits until the next message may be sent, or the link is lost. */
  void await() {
    lock.lock();
    try {
      waiting = true;
      while (isFull() && !lost.isDone()) {
        fewer.awaitUninterruptibly();
      }
    } finally {
      waiting = false;
      lock.unlock();
    }
  }

  void sent(int size) {
    bytes.addAndGet(size);
  }

  void answered(int size) {
    if (bytes.addAndGet(-size) < limit && waiting) {
      wake();
    }
  }

  private void wake() {
    lock.lock();
    try {
      fewer.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
