package io.carillon.adapter.kit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that nothing arrives through a connection any more, although it is not closed. It makes
 * the broker answer every {@link #INTERVAL}, and gives the link up if nothing has arrived for
 * {@link #SILENCE}. For drivers without heartbeats of their own.
 *
 * <p>While this node handles received messages, it does not read, so that time does not count as
 * silence: a slow node must not throw its connection away.
 *
 * <p>One for each connection. The thread that reads from it calls {@link #busy}, {@link #listening}
 * and {@link #handled}; everything else runs on the timer's threads.
 */
public final class LinkHeartbeat {

  /** How often the broker is made to answer. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  /** After so long without a sign the link is lost. */
  public static final Duration SILENCE = Duration.ofSeconds(7);

  private static final Logger log = LoggerFactory.getLogger(LinkHeartbeat.class);

  private final Vendor vendor;
  private final Beat beat;
  private final LongSupplier nanoClock;
  private final Timer timer;
  private final BooleanSupplier ended;
  private final Consumer<String> lost;

  private final AtomicBoolean sending = new AtomicBoolean();

  /** Whether received messages are being handled. Written by the reading thread. */
  private volatile boolean busy;

  /** Since when the reading thread listens. Written by it. */
  private volatile long listeningSince;

  /** Makes the broker answer. */
  @FunctionalInterface
  public interface Beat {

    /**
     * Sends a message that the broker answers. It may block if the connection accepts nothing; it
     * is not called again meanwhile.
     *
     * @throws IOException if the connection is broken
     */
    void send() throws IOException;
  }

  /**
   * @param nanoClock monotonic, in nanoseconds
   * @param ended whether the link is lost
   * @param lost receives the reason when nothing arrives any more
   */
  public LinkHeartbeat(
      Vendor vendor,
      Beat beat,
      LongSupplier nanoClock,
      Timer timer,
      BooleanSupplier ended,
      Consumer<String> lost) {
    this.vendor = vendor;
    this.beat = beat;
    this.nanoClock = nanoClock;
    this.timer = timer;
    this.ended = ended;
    this.lost = lost;
  }

  /** Begins, and goes on until the link is lost. */
  public void start() {
    listening();
    planNext();
  }

  /** Something was heard, and is dealt with from now on. */
  public void busy() {
    busy = true;
  }

  /** The received messages are handled, and this node reads again. */
  public void listening() {
    listeningSince = nanoClock.getAsLong();
    busy = false;
  }

  /**
   * The received messages are handled at once, and prove nothing about the connection. An
   * alternative to {@link #listening}, where only the broker's answers count as signs.
   */
  public void handled() {
    busy = false;
  }

  private void planNext() {
    timer.after(INTERVAL.toNanos(), this::tick);
  }

  private void tick() {
    if (ended.getAsBoolean()) {
      return;
    }
    long silence = nanoClock.getAsLong() - listeningSince;
    if (!busy && silence >= SILENCE.toNanos()) {
      lost.accept(
          "%s has said nothing for %d ms"
              .formatted(vendor.name(), TimeUnit.NANOSECONDS.toMillis(silence)));
      return;
    }
    // First, since the beat may block: the silence after it is noticed all the same.
    planNext();
    if (sending.compareAndSet(false, true)) {
      send();
      sending.set(false);
    }
  }

  private void send() {
    try {
      beat.send();
    } catch (IOException e) {
      lost.accept(vendor.reason(e));
    } catch (RuntimeException | Error bug) {
      log.error("A heartbeat to {} failed", vendor.name(), bug);
      lost.accept(Vendor.unexpected(bug));
    }
  }
}
