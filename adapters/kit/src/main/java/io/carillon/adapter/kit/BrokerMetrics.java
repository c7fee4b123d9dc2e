package io.carillon.adapter.kit;

import io.carillon.broker.GapMetric;
import io.carillon.metrics.MetricSet;
import io.carillon.metrics.MetricSet.Value;
import java.util.List;

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
    return MetricSet.<BrokerStats>builder()
        .values(
            GapMetric.FAMILY,
            List.of(
                new Value<>("outage", stats -> stats.receiving().outageGaps()),
                new Value<>("overflow", stats -> stats.receiving().overflowGaps()),
                new Value<>("expiry", stats -> stats.receiving().expiryGaps())))
        .counter(
            id + "_connects_total",
            "Connections of the node to %s since it started.".formatted(title),
            stats -> stats.connection().connects())
        .counter(
            id + "_outages_total",
            "Outages of %s since the node started.".formatted(title),
            stats -> stats.connection().outages())
        .gauge(
            id + "_waiting_bytes",
            "Bytes of publications that wait to be written to %s.".formatted(title),
            stats -> stats.publishing().waitingBytes())
        .counter(
            id + "_messages_total",
            "Messages that were written to %s; one carries up to 64 publications.".formatted(title),
            stats -> stats.publishing().messages())
        .counter(
            id + "_publications_total",
            "Publications in the messages that were written to %s.".formatted(title),
            stats -> stats.publishing().publications())
        .counter(
            id + "_received_publications_total",
            "Publications that the node has received from %s.".formatted(title),
            stats -> stats.receiving().publications())
        .counter(
            id + "_unreadable_messages_total",
            "Messages from %s that could not be read and were dropped.".formatted(title),
            stats -> stats.receiving().unreadable())
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
}
