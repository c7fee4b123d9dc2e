package io.carillon.broker;

import io.carillon.metrics.MetricFamily;
import java.util.List;

/**
 * The metric that counts {@link Gap}s. The hub has the values of its own gaps, and a broker that
 * reports gaps has one value for each of its reasons.
 */
public final class GapMetric {

  public static final MetricFamily FAMILY =
      new MetricFamily(
          "gaps_total",
          MetricFamily.Kind.COUNTER,
          "Reports of the node that messages may have been missed.",
          "reason",
          List.of());

  private GapMetric() {}
}
