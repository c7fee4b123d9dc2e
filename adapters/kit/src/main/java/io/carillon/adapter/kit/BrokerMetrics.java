package io.carillon.adapter.kit;

import io.carillon.broker.GapMetric;
import io.carillon.metrics.MetricSet;
import io.carillon.metrics.MetricSet.Value;
import java.util.List;
import java.util.function.Function;

/** The metrics of an adapter, as far as they are the same for every broker. */
public final class BrokerMetrics {

  private BrokerMetrics() {}

  /**
   * Declares them.
   *
   * @param id how their names begin: {@code redis}
   * @param title the broker's name for people
   */
  public static MetricSet<BrokerStats> of(String id, String title) {
    return common(id, title, (BrokerStats stats) -> stats)
        .gauge(
            id + "_bound_channels",
            "Channels to which the node is subscribed in %s.".formatted(title),
            stats -> stats.binding().boundChannels())
        .counter(
            id + "_binds_total",
            "Subscriptions that the node has made in %s.".formatted(title),
            stats -> stats.binding().binds())
        .build();
  }

  /**
   * Begins the metrics of an adapter that binds in a way of its own, and adds them.
   *
   * @param common the figures in the adapter's own record
   */
  public static <S> MetricSet.Builder<S> common(
      String id, String title, Function<S, BrokerStats> common) {
    return MetricSet.<S>builder()
        .values(
            GapMetric.FAMILY,
            List.of(
                new Value<S>("outage", stats -> common.apply(stats).receiving().outageGaps()),
                new Value<S>("overflow", stats -> common.apply(stats).receiving().overflowGaps()),
                new Value<S>("expiry", stats -> common.apply(stats).receiving().expiryGaps())))
        .counter(
            id + "_connects_total",
            "Connections of the node to %s since it started.".formatted(title),
            stats -> common.apply(stats).connection().connects())
        .counter(
            id + "_outages_total",
            "Outages of %s since the node started.".formatted(title),
            stats -> common.apply(stats).connection().outages())
        .gauge(
            id + "_waiting_bytes",
            "Bytes of publications that wait to be written to %s.".formatted(title),
            stats -> common.apply(stats).publishing().waitingBytes())
        .counter(
            id + "_messages_total",
            "Messages that were written to %s; one carries up to 64 publications.".formatted(title),
            stats -> common.apply(stats).publishing().messages())
        .counter(
            id + "_publications_total",
            "Publications in the messages that were written to %s.".formatted(title),
            stats -> common.apply(stats).publishing().publications())
        .counter(
            id + "_received_publications_total",
            "Publications that the node has received from %s.".formatted(title),
            stats -> common.apply(stats).receiving().publications())
        .counter(
            id + "_unreadable_messages_total",
            "Messages from %s that could not be read and were dropped.".formatted(title),
            stats -> common.apply(stats).receiving().unreadable());
  }
}
