package io.carillon.adapter.nats;

import io.carillon.adapter.kit.BrokerStats;
import io.carillon.broker.GapMetric;
import io.carillon.metrics.MetricSet;
import io.carillon.metrics.MetricSet.Value;
import java.util.List;

/** The metrics of a {@link NatsBroker}. */
public final class NatsMetrics {

  /** All of them. */
  public static final MetricSet<BrokerStats> SET =
      MetricSet.<BrokerStats>builder()
          .values(
              GapMetric.FAMILY,
              List.of(
                  new Value<>("outage", stats -> stats.receiving().outageGaps()),
                  new Value<>("overflow", stats -> stats.receiving().overflowGaps())))
          .counter(
              "nats_connects_total",
              "Connections of the node to NATS since it started.",
              stats -> stats.connection().connects())
          .counter(
              "nats_outages_total",
              "Outages of NATS since the node started.",
              stats -> stats.connection().outages())
          .gauge(
              "nats_waiting_bytes",
              "Bytes of publications that wait to be written to NATS.",
              stats -> stats.publishing().waitingBytes())
          .counter(
              "nats_messages_total",
              "NATS messages that were written; one carries up to 64 publications.",
              stats -> stats.publishing().messages())
          .counter(
              "nats_publications_total",
              "Publications in the NATS messages that were written.",
              stats -> stats.publishing().publications())
          .counter(
              "nats_received_publications_total",
              "Publications that the node has received from NATS.",
              stats -> stats.receiving().publications())
          .counter(
              "nats_unreadable_messages_total",
              "Messages from NATS that could not be read and were dropped.",
              stats -> stats.receiving().unreadable())
          .gauge(
              "nats_subscribed_channels",
              "Channels that have a subscription in NATS.",
              stats -> stats.binding().boundChannels())
          .counter(
              "nats_subscribes_total",
              "Subscriptions that were made in NATS.",
              stats -> stats.binding().binds())
          .build();

  private NatsMetrics() {}
}
