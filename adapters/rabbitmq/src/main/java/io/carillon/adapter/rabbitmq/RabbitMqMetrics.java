package io.carillon.adapter.rabbitmq;

import io.carillon.broker.GapMetric;
import io.carillon.metrics.MetricSet;
import io.carillon.metrics.MetricSet.Value;
import java.util.List;

/** The metrics of a {@link RabbitMqBroker}. */
public final class RabbitMqMetrics {

  /** All of them. */
  public static final MetricSet<RabbitMqStats> SET =
      MetricSet.<RabbitMqStats>builder()
          .values(
              GapMetric.FAMILY,
              List.of(
                  new Value<>("outage", stats -> stats.receiving().outageGaps()),
                  new Value<>("overflow", stats -> stats.receiving().overflowGaps()),
                  new Value<>("expiry", stats -> stats.receiving().expiryGaps())))
          .counter(
              "rabbitmq_connects_total",
              "Connections of the node to RabbitMQ since it started.",
              stats -> stats.connection().connects())
          .counter(
              "rabbitmq_outages_total",
              "Outages of RabbitMQ since the node started.",
              stats -> stats.connection().outages())
          .gauge(
              "rabbitmq_blocked",
              "1 while RabbitMQ accepts no publications, else 0.",
              stats -> stats.publishing().blocked() ? 1 : 0)
          .gauge(
              "rabbitmq_waiting_bytes",
              "Bytes of publications that wait to be written to RabbitMQ.",
              stats -> stats.publishing().waitingBytes())
          .counter(
              "rabbitmq_messages_total",
              "AMQP messages that were written; one carries up to 64 publications.",
              stats -> stats.publishing().messages())
          .counter(
              "rabbitmq_publications_total",
              "Publications in the AMQP messages that were written.",
              stats -> stats.publishing().publications())
          .counter(
              "rabbitmq_received_publications_total",
              "Publications that the node has received from RabbitMQ.",
              stats -> stats.receiving().publications())
          .counter(
              "rabbitmq_unreadable_messages_total",
              "Messages from RabbitMQ that could not be read and were dropped.",
              stats -> stats.receiving().unreadable())
          .gauge(
              "rabbitmq_bound_keys",
              "Channels that have a binding of their own.",
              stats -> stats.binding().boundKeys())
          .gauge(
              "rabbitmq_wide",
              "1 while one binding serves all channels, else 0.",
              stats -> stats.binding().wide() ? 1 : 0)
          .counter(
              "rabbitmq_width_switches_total",
              "Changes from a binding for each channel to one for all channels, or back.",
              stats -> stats.binding().switches())
          .counter(
              "rabbitmq_binds_total", "Bindings that were made.", stats -> stats.binding().binds())
          .build();

  private RabbitMqMetrics() {}
}
