package io.carillon.effects;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts the changes that wait for the listener, on all loops of the node, and those lost. */
final class Waiting {

  private final int max;
  private final AtomicInteger count = new AtomicInteger();
  private final LongAdder lost = new LongAdder();

  Waiting(int max) {
    this.max = max;
  }

  /** Whether one more may wait. Loops that ask at one moment may exceed the bound by one each. */
  boolean hasRoom() {
    return count.get() < max;
  }

  void add(int changes) {
    count.addAndGet(changes);
  }

  void lose(int changes) {
    lost.add(changes);
  }

  int count() {
    return count.get();
  }

  long lost() {
    return lost.sum();
  }
}
