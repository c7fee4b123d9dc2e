package io.carillon.adapter.rabbitmq;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a {@link Binder} did and where it stands. Written on its thread, read by any; the figures of
 * one moment need not fit together.
 */
final class BindCounters {

  private final LongAdder binds = new LongAdder();
  private final LongAdder bindRpcs = new LongAdder();
  private final LongAdder switches = new LongAdder();
  private volatile int boundKeys;
  private volatile boolean wide;

  /** So many keys were bound with one answer. */
  void bound(int keys) {
    binds.add(keys);
    bindRpcs.increment();
  }

  void switched() {
    switches.increment();
  }

  /** Where it stands now. */
  void stands(int keys, Width width) {
    boundKeys = keys;
    wide = width.isWide();
  }

  /** How many keys were bound so far; the wide binding counts as one. */
  long binds() {
    return binds.sum();
  }

  /** How many answers to binds were waited for so far. */
  long bindRpcs() {
    return bindRpcs.sum();
  }

  /** How often it went from exact bindings to a wide one or back; not counting new connections. */
  long switches() {
    return switches.sum();
  }

  /** How many keys are bound exactly now. */
  int boundKeys() {
    return boundKeys;
  }

  /** Whether one binding stands for all keys now. */
  boolean isWide() {
    return wide;
  }
}
