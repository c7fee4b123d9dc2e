package io.carillon.adapter.kit;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a {@link Binder} did and where it stands. Written on its thread, read by any; the figures of
 * one moment need not fit together.
 */
final class BindCounters {

  private final LongAdder binds = new LongAdder();
  private final LongAdder answers = new LongAdder();
  private volatile int boundChannels;

  /** So many bindings were made with one answer. */
  void bound(int count) {
    binds.add(count);
    answers.increment();
  }

  /** So many channels are bound one by one now. */
  void stands(int channels) {
    boundChannels = channels;
  }

  /** How many bindings were made so far. */
  long binds() {
    return binds.sum();
  }

  BrokerStats.Binding stats() {
    return new BrokerStats.Binding(binds.sum(), answers.sum(), boundChannels);
  }
}
