package io.carillon.adapter.kit;

import io.carillon.broker.GapMetric;
import io.carillon.metrics.MetricSet;
import io.carillon.metrics.MetricSet.Value;
import java.util.List;

/** The metrics of an adapter whose nodes ask each other, beside {@link BrokerMetrics}. */
public final class BarrierMetrics {

  private BarrierMetrics() {}

  /**
   * Declares them.
   *
   * @param id how their names begin: {@code nats}
   */
  public static MetricSet<BarrierStats> of(String id) {
    return MetricSet.<BarrierStats>builder()
        .values(GapMetric.FAMILY, List.of(new Value<>("unconfirmed", BarrierStats::gaps)))
        .histogram(
            id + "_barrier_seconds",
            "Time until all other nodes had confirmed the node's subscriptions, for each batch of"
                + " them. 0 observations where nodes need not ask.",
            BarrierStats::durations)
        .gauge(
            id + "_barrier_waiting",
            "Confirmations of other nodes that the node waits for.",
            BarrierStats::waiting)
        .counter(
            id + "_barrier_given_up_total",
            "Nodes that were silent and whose confirmation was not waited for.",
            BarrierStats::givenUp)
        .counter(
            id + "_barrier_failed_total",
            "Batches of subscriptions that failed because a live node did not confirm them.",
            BarrierStats::failed)
        .build();
  }
}
