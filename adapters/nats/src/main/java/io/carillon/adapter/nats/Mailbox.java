package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Environment;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The bulk messages that wait for this node's listener, up to a limit: a message beyond it is
 * refused, and its sender is told. NATS itself would drop it.
 */
final class Mailbox {

  private final long limit;
  private final Consumer<byte[]> listener;
  private final ExecutorService thread;
  private final AtomicLong waiting = new AtomicLong();

  /**
   * @param limit how many bytes may wait
   * @param listener takes one message at a time, on this mailbox's thread
   */
  Mailbox(Environment environment, long limit, Consumer<byte[]> listener) {
    this.limit = limit;
    this.listener = listener;
    this.thread = Executors.newSingleThreadExecutor(environment.threads("bulk"));
  }

  /** Takes a message; false if there is no room for it. */
  boolean offer(byte[] message) {
    if (waiting.addAndGet(message.length) > limit) {
      waiting.addAndGet(-message.length);
      return false;
    }
    try {
      thread.execute(() -> deliver(message));
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  private void deliver(byte[] message) {
    try {
      listener.accept(message);
    } finally {
      waiting.addAndGet(-message.length);
    }
  }

  /** Lets the thread end when it has handed on what waits. */
  void close() {
    thread.shutdown();
  }
}
