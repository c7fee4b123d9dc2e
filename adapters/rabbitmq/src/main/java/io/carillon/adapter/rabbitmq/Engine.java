package io.carillon.adapter.rabbitmq;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.carillon.broker.BrokerListener;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.UnreadableMessages;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that runs between start and close: puts the parts together and takes them apart again.
 * Owned by {@link RabbitMqBroker}.
 */
final class Engine {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  /** How long confirms may take to come. */
  private static final Duration DRAIN = Duration.ofMillis(1_500);

  /**
   * How long all of it may take. A node that leaves counts on that, and a RabbitMQ that has fallen
   * silent answers neither a publish nor a close.
   */
  private static final Duration END = Duration.ofSeconds(2);

  private final Publisher publications;
  private final Publisher control;
  private final Binder binder;
  private final Wire wire;
  private final UnreadableMessages unreadable;
  private final LinkCounters counters = new LinkCounters();
  private final Supervisor supervisor;
  private final ExecutorService consumers;

  Engine(
      RabbitMqConfig config,
      Wire wire,
      EnvelopeCodec codec,
      BrokerListener listener,
      LongSupplier nanoClock,
      InstantSource clock,
      RandomGenerator random) {
    this.wire = wire;
    this.unreadable = new UnreadableMessages(nanoClock);
    ThreadFactory threads = Thread.ofPlatform().daemon().name("carillon-rabbitmq-io-", 0).factory();
    consumers =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("carillon-rabbitmq-consumer-", 0).factory());
    Connector connector = new Connector(config, consumers, threads);
    Timer timer =
        (nanos, task) ->
            CompletableFuture.delayedExecutor(nanos, NANOSECONDS, consumers).execute(task);
    publications =
        new Publisher(
            "carillon-rabbitmq-publisher", wire.written(), config.publishing(), nanoClock, timer);
    control =
        new Publisher(
            "carillon-rabbitmq-control",
            new Wire.Lane(wire.read().getFirst().form(), Link.controlExchange(config)),
            config.publishing(),
            nanoClock,
            timer);
    binder = new Binder(config.wide(), nanoClock, timer);
    supervisor =
        new Supervisor(
            config,
            wire,
            connector,
            new Receiver(wire, codec, listener, counters, unreadable),
            consumers,
            new Borrowers(publications, control, binder),
            new Backoff(config.backoffMin(), config.backoffMax(), random),
            clock,
            timer,
            counters);
  }

  CompletableFuture<Void> start() {
    return supervisor.start();
  }

  Publisher publications() {
    return publications;
  }

  Publisher control() {
    return control;
  }

  Binder binder() {
    return binder;
  }

  /** What all parts did so far. */
  RabbitMqStats stats() {
    return new RabbitMqStats(
        counters.connection(),
        publications.stats(),
        counters.receiving(wire.unreadable() + unreadable.count()),
        binder.counters().stats());
  }

  /** Waits for confirms, answers what is left, ends the connections and all threads. */
  void close() {
    long end = System.nanoTime() + END.toNanos();
    try {
      awaitConfirms();
      publications.close();
      control.close();
      supervisor.close(left(end));
      binder.close();
      publications.join(left(end));
      control.join(left(end));
      binder.join(left(end));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      consumers.shutdown();
    }
  }

  /** What is left of the time until then; something always, since zero means "for ever" to some. */
  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(MILLISECONDS.toNanos(1), end - System.nanoTime()));
  }

  private void awaitConfirms() throws InterruptedException {
    try {
      CompletableFuture.allOf(publications.drain(), control.drain())
          .get(DRAIN.toMillis(), MILLISECONDS);
    } catch (TimeoutException e) {
      log.warn("Leaving RabbitMQ with unconfirmed publications; their fate is unknown");
    } catch (ExecutionException e) {
      throw new IllegalStateException("draining never fails", e);
    }
  }
}
