package io.carillon.adapter.kit;

import java.util.concurrent.atomic.LongAdder;

/** The counters of a {@link Supervisor}. Any thread reads. */
final class LinkCounters {

  final LongAdder connects = new LongAdder();
  final LongAdder outages = new LongAdder();

  BrokerStats.Connection stats() {
    return new BrokerStats.Connection(connects.sum(), outages.sum());
  }
}
