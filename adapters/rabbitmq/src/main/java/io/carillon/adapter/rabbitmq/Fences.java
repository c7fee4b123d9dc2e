package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Fences are bindings that this node makes behind others, each by a key that was never used before.
 * The servers of a cluster carry out changes of bindings in one order. So a server that routes by a
 * fence routes by all bindings whose answer had come before the fence was made.
 *
 * <p>The bindings lead from the direct exchange to the control queue. The topic exchange of
 * publications would not do: a node that is bound to every key of it receives everything, so
 * RabbitMQ returns nothing there.
 *
 * <p>One fence stays for the latest question, beside one for each newcomer that has not come
 * through it yet. Safe for use by many threads; the methods block for an answer of RabbitMQ.
 */
final class Fences {

  /** No other key of the direct exchange begins so. */
  private static final String SIGN = "?";

  private final LazyChannel channel;
  private final String exchange;
  private final String queue;
  private final Lock lock = new ReentrantLock();
  private long made;
  private @Nullable Fence latest;

  /**
   * @param number the latest question to which the fence belongs
   * @param key unique
   */
  record Fence(long number, String key) {}

  /**
   * @param channel this object's alone, of the connection that binds
   * @param exchange the direct exchange
   * @param queue the control queue, whose name is unique
   */
  Fences(LazyChannel channel, String exchange, String queue) {
    this.channel = channel;
    this.exchange = exchange;
    this.queue = queue;
  }

  /** Whether a key is that of a fence, of whichever node. */
  static boolean isFence(String key) {
    return key.startsWith(SIGN);
  }

  /**
   * A fence behind everything that was bound when this question began. Removes the one before it: a
   * node that could not come through that one is asked again, by this one.
   */
  Fence behind(long number) throws IOException {
    lock.lock();
    try {
      Fence before = latest;
      if (before != null && before.number() >= number) {
        return before; // A later question of another thread was faster.
      }
      Fence fence = new Fence(number, make());
      latest = fence;
      if (before != null) {
        remove(before.key());
      }
      return fence;
    } finally {
      lock.unlock();
    }
  }

  /** The fence of the latest question; null before the first. */
  @Nullable Fence latest() {
    lock.lock();
    try {
      return latest;
    } finally {
      lock.unlock();
    }
  }

  /** A fence of its own; the caller removes it. */
  String make() throws IOException {
    lock.lock();
    try {
      made++;
      String key = SIGN + queue + "." + made;
      channel.get().queueBind(queue, exchange, key);
      return key;
    } catch (ShutdownSignalException e) {
      throw new IOException(e);
    } finally {
      lock.unlock();
    }
  }

  /** Removes a fence, and does not wait for the answer. */
  void remove(String key) throws IOException {
    lock.lock();
    try {
      var _ =
          channel
              .get()
              .asyncCompletableRpc(
                  new AMQP.Queue.Unbind.Builder()
                      .queue(queue)
                      .exchange(exchange)
                      .routingKey(key)
                      .build());
    } catch (ShutdownSignalException e) {
      throw new IOException(e);
    } finally {
      lock.unlock();
    }
  }
}
