package io.carillon.adapter.kit;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends probes the whole way to this node's own places in the broker, for as long as a {@link Link}
 * lasts. Only a message that comes back proves that a node which publishes nothing is not deaf.
 *
 * <p>A lost way is found after two rounds ({@link Hearing}), four seconds.
 *
 * <p>Owned by a {@link Link}. The first round runs on the thread that opens the link, all others on
 * the timer's threads, one at a time.
 */
public final class Prober {

  /** How often a round may begin. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  /** How far the clocks of two nodes may differ. */
  private static final Duration CLOCKS = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Prober.class);

  private final Vendor vendor;
  private final Probe.Writer writer;
  private final List<Hearing> targets;
  private final InstantSource clock;
  private final Timer timer;
  private final BooleanSupplier blocked;
  private final BooleanSupplier ended;
  private final Consumer<String> lost;

  /**
   * How much earlier than the last probe a publication of another node may have been published that
   * came behind it: the publication waits in that node for the broker, and clocks differ.
   */
  private final Duration allowance;

  /**
   * @param timer calls for each round
   * @param publishTimeout how long a publication may wait in a node for the broker
   * @param blocked whether the broker does not read now
   * @param ended whether the link is lost
   * @param lost receives the reason if probes can't be written
   */
  public Prober(
      Vendor vendor,
      Probe.Writer writer,
      List<Hearing> targets,
      InstantSource clock,
      Timer timer,
      Duration publishTimeout,
      BooleanSupplier blocked,
      BooleanSupplier ended,
      Consumer<String> lost) {
    this.vendor = vendor;
    this.writer = writer;
    this.targets = List.copyOf(targets);
    this.clock = clock;
    this.timer = timer;
    this.allowance = allowance(publishTimeout);
    this.blocked = blocked;
    this.ended = ended;
    this.lost = lost;
  }

  /**
   * How much earlier than a moment at which nothing was missed a publication may have been
   * published that comes later.
   *
   * @param publishTimeout how long a publication may wait in a node for the broker
   */
  public static Duration allowance(Duration publishTimeout) {
    return publishTimeout.plus(CLOCKS);
  }

  /** Begins the first round at once; others follow until the link is lost. */
  public void start() {
    try {
      round();
    } catch (IOException e) {
      lost.accept(vendor.reason(e));
    } catch (RuntimeException | Error bug) {
      log.error("Probing the connection to {} failed", vendor.name(), bug);
      lost.accept(Vendor.unexpected(bug));
    }
    if (!ended.getAsBoolean()) {
      timer.after(INTERVAL.toNanos(), this::start);
    }
  }

  /**
   * Messages that the broker accepted for a target before this time have arrived here. A backlog of
   * one target says nothing about another one. Any thread.
   */
  public Instant wholeAt(Hearing target) {
    return target.wholeAt().minus(allowance);
  }

  private void round() throws IOException {
    if (ended.getAsBoolean() || blocked.getAsBoolean()) {
      return;
    }
    for (Hearing target : targets) {
      if (target.isDue()) {
        send(target, target.begin(clock.instant()));
      }
    }
  }

  private void send(Hearing target, Probe probe) throws IOException {
    for (String path : target.paths()) {
      writer.probe(path, probe);
    }
    writer.fence(probe);
  }
}
