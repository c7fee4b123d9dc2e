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

  RabbitMqStats.Binding stats() {
    return new RabbitMqStats.Binding(binds.sum(), bindRpcs.sum(), boundKeys, wide, switches.sum());
  }
}
