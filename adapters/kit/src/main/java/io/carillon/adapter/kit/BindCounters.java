package io.carillon.adapter.kit;

import java.util.concurrent.atomic.LongAdder;

/**
 * The counters and the state of a {@link Binder}. Written on its thread, read by any; the figures
 * need not be of one moment.
 */
final class BindCounters {

  private final LongAdder binds = new LongAdder();
  private final LongAdder answers = new LongAdder();
  private volatile int boundChannels;

  /** This many bindings were made with one answer. */
  void bound(int count) {
    binds.add(count);
    answers.increment();
  }

  /** This many channels are bound one by one now. */
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
