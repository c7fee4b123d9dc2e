package io.carillon.adapter.nats;

import io.nats.client.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands messages to a handler that is quick most of the time, and may block. The thread that reads
 * them calls it, because waking another thread would delay each message. When a call was slow, the
 * messages behind it wait in a queue, from which a thread of the executor takes them, and the
 * reader goes on reading. When the queue is empty, the reader calls the handler again.
 *
 * <p>So the reader is blocked by one call at most, and then by none until the queue was empty.
 * Beyond the limits new messages are dropped and counted.
 *
 * <p>One thread offers. The handler takes one message at a time, in order.
 */
final class Backlog {

  /** A call that takes longer was slow. */
  static final Duration SLOW = Duration.ofMillis(5);

  private final Limits limits;
  private final Executor executor;
  private final LongSupplier nanoClock;
  private final Consumer<Message> handler;
  private final AtomicLong dropped = new AtomicLong();
  private final Lock lock = new ReentrantLock();

  /** Under the lock, as the bytes. */
  private final Deque<Message> waiting = new ArrayDeque<>();

  private long bytes;

  /** Whether the latest call by the reader was slow. On the reader's thread. */
  private boolean slow;

  /** Whether a thread of the executor handles messages. Changed under the lock. */
  private volatile boolean behind;

  /**
   * How much may wait.
   *
   * @param messages how many messages
   * @param bytes how many bytes they may have
   */
  record Limits(long messages, long bytes) {}

  /**
   * @param executor runs the handler while messages wait
   * @param nanoClock monotonic, in nanoseconds
   * @param handler must not throw
   */
  Backlog(Limits limits, Executor executor, LongSupplier nanoClock, Consumer<Message> handler) {
    this.limits = limits;
    this.executor = executor;
    this.nanoClock = nanoClock;
    this.handler = handler;
  }

  /**
   * Takes a message.
   *
   * @return whether this call was slow
   */
  boolean offer(Message message) {
    if (slow || behind) {
      slow = false;
      queue(message);
      return false;
    }
    long before = nanoClock.getAsLong();
    handler.accept(message);
    slow = nanoClock.getAsLong() - before > SLOW.toNanos();
    return slow;
  }

  private void queue(Message message) {
    lock.lock();
    try {
      if (waiting.size() >= limits.messages() || bytes >= limits.bytes()) {
        dropped.incrementAndGet();
        return;
      }
      waiting.addLast(message);
      bytes += size(message);
      if (!behind) {
        behind = true;
        executor.execute(this::catchUp);
      }
    } finally {
      lock.unlock();
    }
  }

  private void catchUp() {
    for (Message next = poll(); next != null; next = poll()) {
      handler.accept(next);
    }
  }

  private @Nullable Message poll() {
    lock.lock();
    try {
      Message next = waiting.pollFirst();
      bytes -= next == null ? 0 : size(next);
      behind = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  private static long size(Message message) {
    return (long) message.getSubject().length() + message.getData().length;
  }

  /** How many messages were dropped so far. Any thread. */
  long dropped() {
    return dropped.get();
  }
}
