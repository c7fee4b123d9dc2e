package io.carillon.adapter.kit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.carillon.message.Channel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All parts that run between start and close: starts them and stops them again. Owned by a {@link
 * LinkedBroker}.
 *
 * @param <L> the adapter's kind of link
 */
public final class Engine<L extends Link> {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  /** How long answers to publications may take to come. */
  private static final Duration DRAIN = Duration.ofMillis(1_500);

  /**
   * How long all of it may take. A node that leaves counts on that, and a broker that has fallen
   * silent answers neither a publish nor a close.
   */
  private static final Duration END = Duration.ofSeconds(2);

  private final Environment environment;
  private final Dialer<L> dialer;
  private final Map<Lane, LanePublisher> publishers = new EnumMap<>(Lane.class);
  private final Binder<L> binder;
  private final Receiver receiver;
  private final Supervisor<L> supervisor;

  /**
   * @param policy how channels are bound
   * @param receiver takes the messages that links receive
   * @param backoff how long to pause between attempts to connect
   * @param publishers one for each lane
   */
  public Engine(
      Environment environment,
      Dialer<L> dialer,
      BindPolicy<? super L> policy,
      Receiver receiver,
      Backoff backoff,
      List<LanePublisher> publishers) {
    this.environment = environment;
    this.dialer = dialer;
    this.receiver = receiver;
    for (LanePublisher publisher : publishers) {
      this.publishers.put(publisher.lane(), publisher);
    }
    binder = new Binder<>(environment, policy, environment.timer());
    supervisor =
        new Supervisor<>(
            environment, dialer, receiver, new Borrowers<>(publishers, binder, receiver), backoff);
  }

  CompletableFuture<Void> start() {
    return supervisor.start();
  }

  CompletableFuture<Void> subscribe(List<Channel> channels) {
    return binder.subscribe(channels);
  }

  CompletableFuture<Void> unsubscribe(List<Channel> channels) {
    return binder.unsubscribe(channels);
  }

  void publish(Lane lane, List<Outgoing> publications) {
    publisher(lane).publish(publications);
  }

  /** The counters of all parts so far. Any thread. */
  public BrokerStats stats() {
    return new BrokerStats(
        supervisor.stats(), publisher(Lane.PUBLICATIONS).stats(), receiver.stats(), binder.stats());
  }

  /**
   * Waits for answers, gives up the remaining publications, ends the connections and all threads. A
   * thread that is interrupted waits for none of that, and it happens all the same.
   */
  void close() {
    long end = System.nanoTime() + END.toNanos();
    try {
      awaitAnswers();
      stop();
      supervisor.join(left(end));
      for (LanePublisher publisher : publishers.values()) {
        publisher.join(left(end));
      }
      binder.join(left(end));
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
    } finally {
      dialer.close();
      environment.close();
    }
  }

  /** Has every part end. Waits for nothing; a second call does nothing. */
  private void stop() {
    publishers.values().forEach(LanePublisher::close);
    supervisor.close();
    binder.close();
  }

  private LanePublisher publisher(Lane lane) {
    return Objects.requireNonNull(publishers.get(lane), () -> "no publisher for " + lane);
  }

  /**
   * The time that is left until then; always positive, because some callees read zero as "for
   * ever".
   */
  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(MILLISECONDS.toNanos(1), end - System.nanoTime()));
  }

  private void awaitAnswers() throws InterruptedException {
    CompletableFuture<?>[] drains =
        publishers.values().stream().map(LanePublisher::drain).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(drains).get(DRAIN.toMillis(), MILLISECONDS);
    } catch (TimeoutException e) {
      log.warn(
          "Leaving {} with unconfirmed publications; their fate is unknown",
          environment.vendor().name());
    } catch (ExecutionException e) {
      throw new IllegalStateException("draining never fails", e);
    }
  }
}
