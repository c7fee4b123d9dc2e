package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.kit.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Messages to fences of other nodes. A server that does not route by a fence yet returns the
 * message; then it is sent again after a moment, until the server routes it. That ends a second
 * after the message was last asked for: the node that made the fence asks again, or is gone.
 *
 * <p>On the thread of its {@link Confirmations}.
 */
final class RepeatedMessages {

  /** How long a message is repeated after it was last asked for. */
  static final Duration LIFE = Duration.ofSeconds(1);

  /** Beyond this new messages are ignored; the nodes that want them ask again. */
  static final int MAX_UNDER_WAY = 1_024;

  private static final long[] PAUSES_MILLIS = {1, 2, 3, 5, 10, 20, 50};

  private final Sender sender;
  private final LongSupplier nanoClock;
  private final Timer timer;
  private final Executor thread;
  private final Map<String, Repetition> underWay = new HashMap<>();

  /** Publishes a message that RabbitMQ returns where no queue is bound to its key. */
  @FunctionalInterface
  interface Sender {
    void send(String key, byte[] body);
  }

  private static final class Repetition {
    final byte[] body;
    long until;
    int returns;
    boolean isPlanned;

    Repetition(byte[] body) {
      this.body = body;
    }
  }

  /**
   * @param nanoClock monotonic, in nanoseconds
   * @param thread of the owner
   */
  RepeatedMessages(Sender sender, LongSupplier nanoClock, Timer timer, Executor thread) {
    this.sender = sender;
    this.nanoClock = nanoClock;
    this.timer = timer;
    this.thread = thread;
  }

  /** Sends a message by this key, or sends it once more unless that is planned. */
  void send(String key, byte[] body) {
    long now = nanoClock.getAsLong();
    underWay.values().removeIf(old -> now - old.until > 0);
    if (underWay.size() >= MAX_UNDER_WAY && !underWay.containsKey(key)) {
      return;
    }
    Repetition one = underWay.computeIfAbsent(key, _ -> new Repetition(body));
    one.until = now + LIFE.toNanos();
    if (!one.isPlanned) {
      sender.send(key, one.body);
    }
  }

  /** The server does not route by this key. */
  void returned(String key) {
    Repetition one = underWay.get(key);
    if (one == null || one.isPlanned) {
      return;
    }
    if (nanoClock.getAsLong() - one.until > 0) {
      underWay.remove(key);
      return;
    }
    long pause = PAUSES_MILLIS[Math.min(one.returns, PAUSES_MILLIS.length - 1)];
    one.returns++;
    one.isPlanned = true;
    timer.after(Duration.ofMillis(pause).toNanos(), () -> thread.execute(() -> repeat(key, one)));
  }

  private void repeat(String key, Repetition one) {
    one.isPlanned = false;
    sender.send(key, one.body);
  }
}
