package io.carillon.server.transport;

import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts connections up to a limit. Safe for use by many threads. */
final class ConnectionCounter {

  private final int max;
  private final AtomicInteger count = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final ChannelFutureListener removal = _ -> count.decrementAndGet();

  ConnectionCounter(int max) {
    this.max = max;
  }

  /** Counts one more, unless that exceeds the limit. */
  boolean tryAdd() {
    if (count.incrementAndGet() <= max) {
      return true;
    }
    count.decrementAndGet();
    refused.increment();
    return false;
  }

  /** Counts one less when a connection is closed; the same listener for all connections. */
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

  /** How many exceeded the limit so far. */
  long refused() {
    return refused.sum();
  }
}
