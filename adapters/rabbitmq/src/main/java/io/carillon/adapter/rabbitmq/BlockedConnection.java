package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.BlockedListener;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether RabbitMQ reads from the connection that publishes: it doesn't during a memory or disk
 * alarm. RabbitMQ says so once, to the first message of a connection, which may be a probe. So this
 * listens from the connection's first moment, and remembers.
 *
 * <p>Called by the connection's thread and by the supervisor's. The lock keeps the reports in
 * order.
 */
final class BlockedConnection implements BlockedListener {

  private static final Logger log = LoggerFactory.getLogger(BlockedConnection.class);

  private final Lock lock = new ReentrantLock();
  private Consumer<String> blocked = reason -> {};
  private Runnable unblocked = () -> {};

  /** Why it is blocked; null if it isn't. Written with the lock held, read by any thread. */
  private volatile @Nullable String reason;

  boolean isBlocked() {
    return reason != null;
  }

  /** Reports the present state, if it is blocked, and every later change. */
  void listen(Consumer<String> toBlocked, Runnable toUnblocked) {
    lock.lock();
    try {
      blocked = toBlocked;
      unblocked = toUnblocked;
      String now = reason;
      if (now != null) {
        toBlocked.accept(now);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void handleBlocked(String why) {
    log.warn("RabbitMQ takes no publications for now: {}", why);
    lock.lock();
    try {
      reason = "RabbitMQ takes no publications for now: " + why;
      blocked.accept(reason);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void handleUnblocked() {
    log.info("RabbitMQ takes publications again");
    lock.lock();
    try {
      reason = null;
      unblocked.run();
    } finally {
      lock.unlock();
    }
  }
}
