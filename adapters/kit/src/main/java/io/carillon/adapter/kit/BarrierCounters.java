package io.carillon.adapter.kit;

import io.carillon.metrics.LatencyCounters;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a broker's {@link Barrier}s do. Any thread writes and reads. */
final class BarrierCounters {

  final LatencyCounters durations = new LatencyCounters();
  final LongAdder waiting = new LongAdder();
  final LongAdder givenUp = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder gaps = new LongAdder();

  BarrierStats stats() {
    return new BarrierStats(
        durations.stats(), waiting.sum(), givenUp.sum(), failed.sum(), gaps.sum());
  }
}
