package io.carillon.adapter.redis;

import io.carillon.adapter.kit.BrokerMetrics;
import io.carillon.adapter.kit.BrokerStats;
import io.carillon.metrics.MetricSet;

/** The metrics of a {@link RedisBroker}. */
final class RedisMetrics {

  /** Those of one server. */
  static final MetricSet<BrokerStats> SET = BrokerMetrics.of("redis");

  /** The same of a cluster of Redis. */
  static final MetricSet<BrokerStats> CLUSTER = BrokerMetrics.of("redis-cluster");

  private RedisMetrics() {}
}
