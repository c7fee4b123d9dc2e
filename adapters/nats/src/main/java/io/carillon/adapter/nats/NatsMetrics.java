package io.carillon.adapter.nats;

import io.carillon.adapter.kit.BrokerMetrics;
import io.carillon.adapter.kit.BrokerStats;
import io.carillon.metrics.MetricSet;

/** The metrics of a {@link NatsBroker}. */
final class NatsMetrics {

  /** All of them. */
  static final MetricSet<BrokerStats> SET = BrokerMetrics.of("nats");

  private NatsMetrics() {}
}
