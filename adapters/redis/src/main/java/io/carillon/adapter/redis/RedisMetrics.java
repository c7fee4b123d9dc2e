package io.carillon.adapter.redis;

import io.carillon.adapter.kit.BrokerMetrics;
import io.carillon.adapter.kit.BrokerStats;
import io.carillon.metrics.MetricSet;

/** The metrics of a {@link RedisBroker}. */
final class RedisMetrics {

  /** All of them. */
  static final MetricSet<BrokerStats> SET = BrokerMetrics.of("redis");

  private RedisMetrics() {}
}
