package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.kit.BarrierMetrics;
import io.carillon.adapter.kit.BarrierStats;
import io.carillon.adapter.kit.BrokerMetrics;
import io.carillon.metrics.MetricSet;

/** The metrics of a {@link RabbitMqBroker}. */
public final class RabbitMqMetrics {

  /** Those of every broker, and of the bindings. */
  public static final MetricSet<RabbitMqStats> SET =
      BrokerMetrics.common("rabbitmq", RabbitMqStats::common)
          .gauge(
              "rabbitmq_wide",
              "1 while one binding serves all channels, else 0.",
              stats -> stats.binding().wide() ? 1 : 0)
          .counter(
              "rabbitmq_width_switches_total",
              "Changes from a binding for each channel to one for all channels, or back.",
              stats -> stats.binding().switches())
          .build();

  /** Those of the questions between nodes. */
  public static final MetricSet<BarrierStats> BARRIER = BarrierMetrics.of("rabbitmq");

  private RabbitMqMetrics() {}
}
