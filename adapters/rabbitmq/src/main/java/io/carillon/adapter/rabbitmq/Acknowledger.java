package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acknowledges the deliveries of one AMQP channel in batches: when a number of them is complete, or
 * {@link #LATEST} after the first of them, whichever comes first. The number keeps acknowledgements
 * cheap under load. The time keeps a quiet node alive: RabbitMQ closes the AMQP channel of a
 * consumer that leaves one delivery unacknowledged for its {@code consumer_timeout}, half an hour
 * by default (rabbitmq.com/docs/consumers#acknowledgement-timeout).
 *
 * <p>Owned by a {@link QueueConsumer}. The consumer's thread and the timer's both call it.
 */
final class Acknowledger {

  static final Duration LATEST = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(Acknowledger.class);

  private final Channel channel;
  private final int batch;
  private final Timer timer;
  private final Consumer<String> lost;
  private final Lock lock = new ReentrantLock();

  /** The tag of the last delivery. Under the lock, as everything below. */
  private long lastTag;

  /** How many deliveries are unacknowledged. */
  private int unacknowledged;

  /** Whether the timer will call. */
  private boolean planned;

  /**
   * @param batch how many deliveries are acknowledged together at the latest
   * @param lost hears why, when an acknowledgement can't be written
   */
  Acknowledger(Channel channel, int batch, Timer timer, Consumer<String> lost) {
    this.channel = channel;
    this.batch = batch;
    this.timer = timer;
    this.lost = lost;
  }

  /** A delivery was dealt with; deliveries come in the order of their tags. */
  void delivered(long tag) {
    lock.lock();
    try {
      lastTag = tag;
      unacknowledged++;
      if (unacknowledged >= batch) {
        acknowledge();
      } else if (!planned) {
        planned = true;
        timer.after(LATEST.toNanos(), this::timeIsUp);
      }
    } finally {
      lock.unlock();
    }
  }

  private void timeIsUp() {
    lock.lock();
    try {
      planned = false;
      if (unacknowledged > 0) {
        acknowledge();
      }
    } finally {
      lock.unlock();
    }
  }

  private void acknowledge() {
    unacknowledged = 0;
    try {
      channel.basicAck(lastTag, true);
    } catch (IOException | ShutdownSignalException e) {
      lost.accept(Failures.reason(e));
    } catch (RuntimeException | Error bug) {
      log.error("A delivery could not be acknowledged, so the connection is made anew", bug);
      lost.accept(Failures.unexpected(bug));
    }
  }
}
