package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Vendor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bulk messages that wait for this node. Redis would keep them until its output buffer overflows,
 * and then cut the connection. So this node reads them at once and keeps them itself. When {@link
 * #MOST} bytes wait, it unsubscribes: Redis then tells senders that it has no receiver, and the
 * senders see by the name of this node's probes that the node is there and full. When {@link #FEW}
 * bytes are left, it subscribes again. No message is dropped, because those that are under way when
 * it unsubscribes are kept, too.
 *
 * <p>The connection's thread adds, one of the executor's threads handles, one message at a time.
 */
final class BulkIntake {

  /** Beyond it, senders are told that the node is full. */
  static final long MOST = 16L << 20;

  private static final long FEW = 8L << 20;

  /** Beyond it the link is lost: unsubscribing has not stopped the senders. */
  private static final long TOO_MUCH = 64L << 20;

  private static final Logger log = LoggerFactory.getLogger(BulkIntake.class);

  private final String name;
  private final Consumer<byte[]> receiver;
  private final Executor executor;
  private final CompletableFuture<String> lost;
  private final Lock lock = new ReentrantLock();

  /** Under the lock, as everything below. */
  private final Queue<byte[]> waiting = new ArrayDeque<>();

  private long bytes;
  private boolean handling;
  private boolean full;

  /**
   * @param name where bulk messages for this node go
   * @param receiver takes the messages, and may block
   * @param lost the link's
   */
  BulkIntake(
      String name, Consumer<byte[]> receiver, Executor executor, CompletableFuture<String> lost) {
    this.name = name;
    this.receiver = receiver;
    this.executor = executor;
    this.lost = lost;
  }

  /** A message has come. On the connection's thread, which must not wait. */
  void add(Subscriber from, byte[] body) {
    lock.lock();
    try {
      waiting.add(body);
      bytes += body.length;
      if (bytes > TOO_MUCH) {
        lost.complete("too many bulk messages wait for this node");
      } else if (bytes > MOST && !full) {
        full = true;
        from.leave(name);
      }
      if (!handling) {
        handling = true;
        executor.execute(() -> handleAll(from));
      }
    } finally {
      lock.unlock();
    }
  }

  private void handleAll(Subscriber from) {
    try {
      for (byte[] body = take(from); body != null; body = take(from)) {
        receiver.accept(body);
      }
    } catch (IOException e) {
      lost.complete("subscribing to bulk messages failed: " + Failures.reason(e));
    } catch (RuntimeException | Error bug) {
      log.error("Handling bulk messages failed, so the connection is made anew", bug);
      lost.complete(Vendor.unexpected(bug));
    }
  }

  /** The next message; null when none is left. Senders can send again before the last is taken. */
  private byte @Nullable [] take(Subscriber from) throws IOException {
    if (hasRoomAgain()) {
      from.subscribe(List.of(name));
      subscribedAgain();
    }
    lock.lock();
    try {
      byte[] body = lost.isDone() ? null : waiting.poll();
      handling = body != null;
      bytes -= body == null ? 0 : body.length;
      return body;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoomAgain() {
    lock.lock();
    try {
      return full && bytes < FEW;
    } finally {
      lock.unlock();
    }
  }

  private void subscribedAgain() {
    lock.lock();
    try {
      full = false;
    } finally {
      lock.unlock();
    }
  }
}
