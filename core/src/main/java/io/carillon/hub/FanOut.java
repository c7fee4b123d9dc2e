package io.carillon.hub;

import io.carillon.message.Channel;
import io.carillon.message.Publication;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The way of publications from the bus to the subscribers of one event loop. Publications wait in
 * the {@link ShardQueue} and are drained once per turn: at most {@value #MAX_DRAIN} publications,
 * {@value #MAX_DRAIN_BYTES} bytes or one millisecond. Then the loop flushes its connections and
 * does its other work. Publications of one channel that follow each other leave as one {@link Run}.
 *
 * <p>Owned by a {@link HubShard}. Any thread enqueues and wakes; the loop delivers.
 */
final class FanOut {

  private static final int MAX_DRAIN = 256;
  private static final int MAX_DRAIN_BYTES = 256 << 10;
  private static final long MAX_DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Loop loop;
  private final ShardQueue queue;
  private final Map<Channel, LocalChannel> channels;
  private final Map<String, Subscriber> named;
  private final LongSupplier nanoClock;
  private final Run run = new Run();
  private final Runnable drain = this::drain;

  /** Whether a drain is posted or running; set by any thread. */
  private final AtomicBoolean draining = new AtomicBoolean();

  /** Incremented once for a publication, not for each subscriber. */
  private final LongAdder deliveries = new LongAdder();

  /**
   * @param channels the shard's, which changes them on the loop, between deliveries
   * @param named the shard's subscribers that a publication can exclude
   * @param nanoClock monotonic, in nanoseconds
   */
  FanOut(
      Loop loop,
      ShardQueue queue,
      Map<Channel, LocalChannel> channels,
      Map<String, Subscriber> named,
      LongSupplier nanoClock) {
    this.loop = loop;
    this.queue = queue;
    this.channels = channels;
    this.named = named;
    this.nanoClock = nanoClock;
  }

  /** See {@link HubShard#enqueue}. */
  void enqueue(Delivery delivery) {
    queue.offer(delivery);
  }

  /** See {@link HubShard#enqueueAtOnce}. */
  void enqueueAtOnce(Delivery delivery) {
    queue.offerAtOnce(delivery);
  }

  /** Makes the loop deliver the publications that it was handed. Any thread. */
  void wake() {
    if (!queue.isEmpty() && draining.compareAndSet(false, true)) {
      loop.execute(drain);
    }
  }

  private void drain() {
    assert loop.inLoop();
    try {
      deliverSome();
      loop.flush();
    } finally {
      draining.set(false);
      if (!queue.isEmpty()) {
        postDrain();
      }
    }
  }

  /** Not with execute: a loop runs its posted tasks before it looks at its sockets again. */
  private void postDrain() {
    if (draining.compareAndSet(false, true)) {
      loop.schedule(drain, Duration.ZERO);
    }
  }

  private void deliverSome() {
    long start = nanoClock.getAsLong();
    int bytes = 0;
    try {
      for (int n = 0; n < MAX_DRAIN && bytes < MAX_DRAIN_BYTES; n++) {
        Delivery delivery = queue.poll();
        if (delivery == null) {
          return;
        }
        bytes += delivery.weight();
        collect(delivery);
        if (nanoClock.getAsLong() - start >= MAX_DRAIN_NANOS) {
          return;
        }
      }
    } finally {
      deliverRun();
    }
  }

  /**
   * Encodes a wanted publication now: its time counts, and a failure affects no other publication.
   */
  private void collect(Delivery delivery) {
    try {
      if (!run.fits(delivery)) {
        deliverRun();
      }
    } finally {
      LocalChannel local = channels.get(delivery.publication().channel());
      if (local != null && local.count() > 0 && local.isNews(delivery)) {
        delivery.frame(local.subscription(0).subscriber.encoder);
        run.add(delivery);
        if (local.hasNewcomers()) {
          deliverRun(); // Some subscribers have it already: not joined with later ones.
        }
      }
    }
  }

  private void deliverRun() {
    try {
      if (!run.isEmpty()) {
        deliver(run);
      }
    } finally {
      run.clear();
    }
  }

  /** No connection leaves or joins meanwhile: {@link Connection#send} never calls back. */
  @SuppressWarnings("ReferenceEquality") // Encoders are compared by identity.
  private void deliver(Run run) {
    Delivery first = run.first();
    Publication publication = first.publication();
    LocalChannel local = channels.get(publication.channel());
    if (local == null) {
      return;
    }
    String excluded = publication.excludedSubscriber();
    Subscriber spared = excluded.isEmpty() ? null : named.get(excluded);
    boolean toNewcomers = local.hasNewcomers();
    Encoder encoder = null;
    Frame frame = null;
    int count = local.count();
    long sent = 0;
    for (int i = 0; i < count; i++) {
      Subscription subscription = local.subscription(i);
      if (toNewcomers && local.isOld(subscription, first)) {
        continue;
      }
      Subscriber subscriber = subscription.subscriber;
      if (frame == null || subscriber.encoder != encoder) {
        encoder = subscriber.encoder;
        frame = run.frame(encoder);
      }
      if (subscriber != spared) {
        subscriber.connection.send(frame);
        sent++;
      }
    }
    deliveries.add(sent * run.size());
  }

  /** Publications that were dropped because this loop was too slow, so far. Any thread. */
  long lost() {
    return queue.lost();
  }

  /** Frames sent to subscribers so far. Any thread. */
  long deliveries() {
    return deliveries.sum();
  }

  /** How many bytes of publications wait for this loop now. Any thread. */
  long waitingBytes() {
    return queue.waitingBytes();
  }
}
