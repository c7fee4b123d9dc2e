package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.Environment;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The messages of one lane that wait for this node's listener, up to a limit. The thread that reads
 * from Kafka never waits for the listener, so that it can answer senders meanwhile.
 */
final class Mailbox {

  /** An object for each message that waits. */
  private static final int OVERHEAD = 256;

  private static final int LOOK_MILLIS = 100;

  private final int limit;
  private final Consumer<byte[]> listener;
  private final ExecutorService thread;
  private final Semaphore room;

  /**
   * @param limit how many bytes may wait
   * @param listener takes one message at a time, on this mailbox's thread
   */
  Mailbox(Environment environment, String task, int limit, Consumer<byte[]> listener) {
    this.limit = limit;
    this.listener = listener;
    this.thread = Executors.newSingleThreadExecutor(environment.threads(task));
    this.room = new Semaphore(limit);
  }

  /** Takes a message; false if there is no room for it. */
  boolean offer(byte[] message) {
    int cost = cost(message);
    return room.tryAcquire(cost) && post(message, cost);
  }

  /** Takes a message as soon as there is room for it; false if this has ended before. */
  boolean put(byte[] message, BooleanSupplier ended) {
    int cost = cost(message);
    try {
      while (!room.tryAcquire(cost, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (ended.getAsBoolean()) {
          return false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return post(message, cost);
  }

  private int cost(byte[] message) {
    return Math.min(limit, message.length + OVERHEAD);
  }

  private boolean post(byte[] message, int cost) {
    try {
      thread.execute(() -> deliver(message, cost));
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  private void deliver(byte[] message, int cost) {
    try {
      listener.accept(message);
    } finally {
      room.release(cost);
    }
  }

  /** Lets the thread end when it has handed on what waits. */
  void close() {
    thread.shutdown();
  }
}
