package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.BrokerMetrics;
import io.carillon.adapter.kit.BrokerStats;
import io.carillon.metrics.MetricSet;

/** The metrics of a {@link KafkaBroker}. */
final class KafkaMetrics {

  /** All of them. */
  static final MetricSet<BrokerStats> SET = BrokerMetrics.of("kafka");

  private KafkaMetrics() {}
}
