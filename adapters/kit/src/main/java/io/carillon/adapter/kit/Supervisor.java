package io.carillon.adapter.kit;

import io.carillon.broker.BrokerConfigurationException;
import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.BrokerState;
import io.carillon.broker.Gap;
import io.carillon.broker.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node connected: has a {@link Link} opened, lends it to the publishers and the binder,
 * waits until it is lost, takes it away from them, and starts again. Its one thread may block; the
 * publishers and the binder refuse requests meanwhile.
 *
 * <p>A node is up only when every desired channel is routed here again, and the gap is reported
 * before that.
 */
final class Supervisor<L extends Link> {

  private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  /** How many reasons of one outage are logged; for example one for each of several addresses. */
  private static final int REASONS = 8;

  private final Vendor vendor;
  private final Dialer<L> dialer;
  private final Receiver receiver;
  private final Borrowers<L> borrowers;
  private final Backoff backoff;
  private final InstantSource clock;
  private final LinkCounters counters = new LinkCounters();
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final Thread thread;

  /** Whether the bus has ever been up. On this thread. */
  private boolean everUp;

  /** The latest link that was up; null before the first. On this thread. */
  private @Nullable UpLink latest;

  /**
   * When and why the bus went away; null while it is up or its loss was not noticed yet. On this
   * thread.
   */
  private @Nullable Outage outage;

  Supervisor(
      Environment environment,
      Dialer<L> dialer,
      Receiver receiver,
      Borrowers<L> borrowers,
      Backoff backoff) {
    this.vendor = environment.vendor();
    this.dialer = dialer;
    this.receiver = receiver;
    this.borrowers = borrowers;
    this.backoff = backoff;
    this.clock = environment.clock();
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name(environment.threadName("supervisor"))
            .unstarted(this::run);
  }

  /** Completes on the first connection; fails if the configuration can't work. */
  CompletableFuture<Void> start() {
    thread.start();
    return started;
  }

  /** How often it was connected. Any thread. */
  BrokerStats.Connection stats() {
    return counters.stats();
  }

  /** Has the connection and the thread end. Waits for nothing. */
  void close() {
    closed.complete("this node closes");
  }

  /** Waits for the thread, if it runs, to end after {@link #close}, but not longer than this. */
  void join(Duration patience) throws InterruptedException {
    if (thread.isAlive() && !thread.equals(Thread.currentThread())) {
      thread.join(patience);
    }
  }

  private void run() {
    try {
      while (!isClosing()) {
        attemptGuarded();
      }
      started.completeExceptionally(
          new BrokerRefusedException(Refusal.UNAVAILABLE, "the broker was closed"));
    } catch (BrokerConfigurationException e) {
      started.completeExceptionally(e);
    } catch (InterruptedException e) {
      started.completeExceptionally(
          new BrokerRefusedException(Refusal.UNAVAILABLE, "interrupted", e));
    }
  }

  /**
   * Neither a bug nor a lack of memory or threads must end the reconnecting: the failure is logged,
   * and the next attempt follows.
   */
  private void attemptGuarded() throws InterruptedException {
    try {
      attempt();
    } catch (BrokerConfigurationException e) {
      throw e;
    } catch (RuntimeException | Error bug) {
      log.error("Keeping the connection to {} failed", vendor.name(), bug);
      borrowers.detach(notConnected());
      pause();
    }
  }

  /** One connection, from the attempt to its end. */
  private void attempt() throws InterruptedException {
    @Nullable L link = null;
    try {
      link = dialer.open();
      int channels = orClosed(borrowers.restore(link));
      if (!up(link, channels)) {
        awaitAdmission(link);
      }
      down(awaitEnd(link));
    } catch (ExecutionException e) {
      failed(e.getCause() == null ? e : e.getCause());
    } catch (IOException | TimeoutException | RuntimeException e) {
      failed(e);
    } catch (Error e) {
      failed(e);
      throw e; // Logged as what it is.
    } finally {
      if (link != null) {
        link.close(CLOSE);
      }
    }
    if (!isClosing()) {
      pause();
    }
  }

  /** Nothing is published before the other nodes have answered. */
  private void awaitAdmission(L link) throws InterruptedException, ExecutionException {
    CompletableFuture.anyOf(link.admitted(), link.lost(), closed).get();
    if (!link.isLost() && !isClosing()) {
      borrowers.admit(link);
    }
  }

  /** Returns why the link ended. */
  private String awaitEnd(L link) throws InterruptedException, ExecutionException {
    return CompletableFuture.anyOf(link.lost(), closed).get().toString();
  }

  /**
   * A gap is reported first; then that the broker is up.
   *
   * @return whether publications leave by the link already
   */
  private boolean up(L link, int channels) {
    Instant now = clock.instant();
    Outage over = everUp ? outage : null;
    Optional<Gap> missed = over == null ? Optional.empty() : link.missed(over.gap(now));
    missed.ifPresent(receiver::outage);
    counters.connects.increment();
    latest = new UpLink(link, now);
    outage = null;
    backoff.reset();
    boolean isAdmitted = borrowers.attach(link);
    receiver.state(BrokerState.UP);
    if (!everUp) {
      log.info("Connected to {}; publications come through {}", dialer.place(), link.name());
    } else if (over != null) {
      sayBack(Duration.between(over.since(), now), channels, missed);
    }
    everUp = true;
    started.complete(null);
    return isAdmitted;
  }

  /** Operators read this line by its form: docs/rabbitmq.md. */
  private void sayBack(Duration away, int channels, Optional<Gap> missed) {
    log.info(
        "{} is back after {} ms; {} topics are bound again; {}",
        vendor.name(),
        away.toMillis(),
        channels,
        missed
            .map(
                gap ->
                    "messages of all topics may have been missed from %s to %s"
                        .formatted(gap.from(), gap.to()))
            .orElse("no message was missed"));
  }

  private void down(String reason) {
    borrowers.detach(reason);
    if (isClosing()) {
      log.info("Leaving {}", vendor.name());
    } else {
      away(reason);
    }
    receiver.state(BrokerState.DOWN);
  }

  /** The connection could not be made, or failed before the node was up. */
  private void failed(Throwable failure) {
    borrowers.detach(notConnected());
    if (isClosing()) {
      return;
    }
    if (!everUp) {
      Optional<BrokerConfigurationException> hopeless = vendor.configuration(failure);
      if (hopeless.isPresent()) {
        throw hopeless.get();
      }
    }
    log.debug("No connection to {}", dialer.place(), failure);
    String reason = vendor.explain(failure);
    if (outage == null) {
      away(reason);
      receiver.state(BrokerState.DOWN);
    } else {
      say(outage, reason);
    }
  }

  private void away(String reason) {
    Instant now = clock.instant();
    counters.outages.increment();
    Instant missedSince = latest == null ? now : latest.wholeAt();
    outage = new Outage(now, missedSince, vendor.name() + " was away: " + reason, new HashSet<>());
    say(outage, reason);
  }

  /**
   * The reason for a failed reconnection may differ from the reason for the loss, for example after
   * a changed password. So each reason is logged, once in an outage.
   */
  private void say(Outage current, String reason) {
    if (current.said().size() < REASONS && current.said().add(reason)) {
      log.warn("No connection to {}: {}; trying again until it is back", dialer.place(), reason);
    }
  }

  private void pause() throws InterruptedException {
    try {
      closed.get(backoff.next().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException over) {
      // It is time for the next attempt.
    } catch (ExecutionException e) {
      throw new IllegalStateException("closing never fails", e);
    }
  }

  private String notConnected() {
    return vendor.name() + " is not connected";
  }

  private boolean isClosing() {
    return closed.isDone();
  }

  /** Waits for a stage, but not after close. */
  private <T> T orClosed(CompletableFuture<T> stage)
      throws InterruptedException, ExecutionException {
    CompletableFuture.anyOf(stage, closed).get();
    if (!stage.isDone()) {
      throw new BrokerRefusedException(Refusal.UNAVAILABLE, "the broker was closed");
    }
    return stage.get();
  }

  /**
   * @param since when the loss was noticed
   * @param missedSince since when publications may have been missed
   * @param said the reasons of the outage that were logged
   */
  private record Outage(Instant since, Instant missedSince, String reason, Set<String> said) {

    Gap gap(Instant until) {
      return new Gap(reason, Set.of(), missedSince, until);
    }
  }

  /**
   * @param at when the link came up; earlier losses were reported then
   */
  private record UpLink(Link link, Instant at) {

    Instant wholeAt() {
      Instant whole = link.wholeAt();
      return whole.isBefore(at) ? at : whole;
    }
  }
}
