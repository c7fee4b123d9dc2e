package io.carillon.adapter.kit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acknowledges the deliveries of one consumer in batches: when a number of them is complete, or
 * {@link #LATEST} after the first of them, whichever comes first. The number keeps acknowledgements
 * cheap under load. The time keeps a quiet node alive: brokers give a consumer up that leaves one
 * delivery unacknowledged for too long.
 *
 * <p>The consumer's thread and the timer's both call it.
 */
public final class Acknowledger {

  /** How long a delivery waits at most. */
  public static final Duration LATEST = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(Acknowledger.class);

  private final Vendor vendor;
  private final Writer writer;
  private final int batch;
  private final Timer timer;
  private final Consumer<String> lost;
  private final Lock lock = new ReentrantLock();

  /** The number of the last delivery. Under the lock, as everything below. */
  private long last;

  /** How many deliveries are unacknowledged. */
  private int unacknowledged;

  /** Whether the timer is set. */
  private boolean planned;

  /** Writes acknowledgements to the broker. */
  @FunctionalInterface
  public interface Writer {

    /**
     * Acknowledges every delivery up to this one.
     *
     * @throws IOException when that can't be written; the link is lost
     */
    void acknowledge(long number) throws IOException;
  }

  /**
   * @param batch the number of deliveries that are acknowledged together at the latest
   * @param lost receives the reason if an acknowledgement can't be written
   */
  public Acknowledger(Vendor vendor, Writer writer, int batch, Timer timer, Consumer<String> lost) {
    this.vendor = vendor;
    this.writer = writer;
    this.batch = batch;
    this.timer = timer;
    this.lost = lost;
  }

  /** A delivery was dealt with; deliveries come in the order of their numbers. */
  public void delivered(long number) {
    lock.lock();
    try {
      last = number;
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
      writer.acknowledge(last);
    } catch (IOException e) {
      lost.accept(vendor.reason(e));
    } catch (RuntimeException | Error bug) {
      log.error("A delivery could not be acknowledged, so the connection is made anew", bug);
      lost.accept(Vendor.unexpected(bug));
    }
  }
}
