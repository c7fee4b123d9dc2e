package io.carillon.server;

import io.carillon.metrics.MetricSet;

/** The metrics of a node's {@link Health}. */
final class HealthMetrics {

  static final MetricSet<Health> SET =
      MetricSet.<Health>builder()
          .gauge(
              "broker_up",
              "1 while the broker can be used, else 0.",
              health -> health.isBusUp() ? 1 : 0)
          .gauge(
              "draining",
              "1 while the node is leaving, else 0.",
              health -> health.isDraining() ? 1 : 0)
          .build();

  private HealthMetrics() {}
}
