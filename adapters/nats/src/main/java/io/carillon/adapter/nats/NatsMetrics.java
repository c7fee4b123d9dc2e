package io.carillon.adapter.nats;

import io.carillon.adapter.kit.BarrierMetrics;
import io.carillon.adapter.kit.BarrierStats;
import io.carillon.adapter.kit.BrokerMetrics;
import io.carillon.adapter.kit.BrokerStats;
import io.carillon.metrics.MetricSet;

/** The metrics of a {@link NatsBroker}. */
final class NatsMetrics {

  /** Those of every broker. */
  static final MetricSet<BrokerStats> SET = BrokerMetrics.of("nats");

  /** Those of the questions between nodes. */
  static final MetricSet<BarrierStats> BARRIER = BarrierMetrics.of("nats");

  private NatsMetrics() {}
}
