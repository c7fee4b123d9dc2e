package io.carillon.server.transport;

import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts something up to a bound. Safe for use by many threads. */
final class ConnectionCounter {

  private final int max;
  private final AtomicInteger count = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final ChannelFutureListener removal = _ -> count.decrementAndGet();

  ConnectionCounter(int max) {
    this.max = max;
  }

  /** Counts one more, unless that would be too many. */
  boolean tryAdd() {
    if (count.incrementAndGet() <= max) {
      return true;
    }
    count.decrementAndGet();
    refused.increment();
    return false;
  }

  /** Counts one less when a connection is closed; the same object for all of them. */
  ChannelFutureListener removal() {
    return removal;
  }

  /** Counts one less. */
  void remove() {
    count.decrementAndGet();
  }

  boolean isFull() {
    return count.get() >= max;
  }

  int count() {
    return count.get();
  }

  /** How many were too many so far. */
  long refused() {
    return refused.sum();
  }
}
