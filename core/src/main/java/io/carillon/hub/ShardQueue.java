package io.carillon.hub;

import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Publications that wait for one event loop. Any thread offers, the loop polls.
 *
 * <p>The queue has a limit in bytes. A producer that meets the limit waits briefly. If the loop has
 * not caught up by then, the queue drops publications until half of the limit is free again, and
 * reports the loss as one gap. While it drops publications, no producer waits.
 */
final class ShardQueue {

  private static final int CHUNK = 1024;
  private static final int MAX_CHANNELS_IN_GAP = 1000;
  private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final MpscUnboundedAtomicArrayQueue<Delivery> queue =
      new MpscUnboundedAtomicArrayQueue<>(CHUNK);

  private final AtomicLong bytes = new AtomicLong();
  private final long maxBytes;
  private final long waitNanos;
  private final LongSupplier nanoClock;
  private final InstantSource wallClock;
  private final Consumer<Gap> onGap;
  private final Runnable beforeWaiting;

  /** Guards the loss; taken only when the queue is full and while it recovers. */
  private final ReentrantLock lock = new ReentrantLock();

  private volatile @Nullable Loss loss;
  private final LongAdder lost = new LongAdder();

  /**
   * @param beforeWaiting wakes the loop, so that it makes room
   */
  ShardQueue(
      HubConfig config,
      LongSupplier nanoClock,
      InstantSource wallClock,
      Consumer<Gap> onGap,
      Runnable beforeWaiting) {
    this.beforeWaiting = beforeWaiting;
    this.maxBytes = config.shardQueueBytes();
    this.waitNanos = config.shardQueueWait().toNanos();
    this.nanoClock = nanoClock;
    this.wallClock = wallClock;
    this.onGap = onGap;
  }

  /** Adds a delivery, after waiting for room if necessary; false if it was dropped. */
  boolean offer(Delivery delivery) {
    if (loss != null || !hasRoom(delivery)) {
      beforeWaiting.run();
      if (loss != null || !awaitRoom(delivery)) {
        lose(delivery);
        return false;
      }
    }
    add(delivery);
    return true;
  }

  /** Adds a delivery if there is room for it now; false if it was dropped. */
  boolean offerAtOnce(Delivery delivery) {
    if (loss != null || !hasRoom(delivery)) {
      lose(delivery);
      return false;
    }
    add(delivery);
    return true;
  }

  private void add(Delivery delivery) {
    bytes.addAndGet(delivery.weight());
    queue.offer(delivery);
  }

  @Nullable Delivery poll() {
    Delivery delivery = queue.poll();
    if (delivery != null) {
      long left = bytes.addAndGet(-delivery.weight());
      if (loss != null && left <= maxBytes / 2) {
        endLoss();
      }
    }
    return delivery;
  }

  /** Whether no publication waits. Any thread. */
  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** A publication that is larger than the whole limit passes when it is alone. */
  private boolean hasRoom(Delivery delivery) {
    long used = bytes.get();
    return used == 0 || used + delivery.weight() <= maxBytes;
  }

  private boolean awaitRoom(Delivery delivery) {
    long start = nanoClock.getAsLong();
    while (!hasRoom(delivery)) {
      if (nanoClock.getAsLong() - start >= waitNanos) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  /** How many bytes wait now. Any thread. */
  long waitingBytes() {
    return bytes.get();
  }

  /** How many publications were dropped here so far. */
  long lost() {
    return lost.sum();
  }

  private void lose(Delivery delivery) {
    lost.increment();
    lock.lock();
    try {
      Loss current = loss;
      if (current == null) {
        current = new Loss(wallClock.instant(), new HashSet<>());
        loss = current;
      }
      current.add(delivery.publication().channel());
    } finally {
      lock.unlock();
    }
    if (bytes.get() == 0) {
      endLoss(); // The loop caught up in between: no delivery is left whose poll would end the
      // loss.
    }
  }

  private void endLoss() {
    Loss ended;
    lock.lock();
    try {
      ended = loss;
      loss = null;
    } finally {
      lock.unlock();
    }
    if (ended != null) {
      onGap.accept(
          new Gap("an event loop fell behind", ended.reported(), ended.from, wallClock.instant()));
    }
  }

  /**
   * The channels of a loss and its begin; the set is reported empty ("any") if it grows too large.
   */
  private record Loss(Instant from, Set<Channel> channels) {
    void add(Channel channel) {
      if (channels.size() <= MAX_CHANNELS_IN_GAP) {
        channels.add(channel);
      }
    }

    Set<Channel> reported() {
      return channels.size() > MAX_CHANNELS_IN_GAP ? Set.of() : channels;
    }
  }
}
