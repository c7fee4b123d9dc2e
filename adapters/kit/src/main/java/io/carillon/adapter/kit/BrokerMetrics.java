package io.carillon.adapter.kit;

import io.carillon.broker.GapMetric;
import io.carillon.metrics.MetricFamily;
import io.carillon.metrics.MetricFamily.Kind;
import io.carillon.metrics.MetricSet;
import io.carillon.metrics.MetricSet.Value;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The metrics that mean the same for every broker. Their names are the same, too, and the label
 * {@code broker} has the driver's name, so that dashboards and alerts need not know which driver a
 * node uses.
 */
public final class BrokerMetrics {

  private BrokerMetrics() {}

  /**
   * The metrics of an adapter that counts nothing beyond {@link BrokerStats}.
   *
   * @param driver the value of {@code adapter.driver}
   */
  public static MetricSet<BrokerStats> of(String driver) {
    return BrokerMetrics.<BrokerStats>common(driver, stats -> stats).build();
  }

  /**
   * The same metrics, to which an adapter adds its own.
   *
   * @param driver the value of {@code adapter.driver}
   * @param figures the common part of the adapter's record
   */
  public static <S> MetricSet.Builder<S> common(String driver, Function<S, BrokerStats> figures) {
    Declaration<S> declaration = new Declaration<>(driver, figures, MetricSet.builder());
    declaration.gaps();
    declaration.counter(
        "connects_total",
        "Connections of the node to its broker since it started.",
        stats -> stats.connection().connects());
    declaration.counter(
        "outages_total",
        "Outages of the broker since the node started.",
        stats -> stats.connection().outages());
    declaration.gauge(
        "blocked",
        "1 while the broker accepts no publications, else 0.",
        stats -> stats.publishing().blocked() ? 1 : 0);
    declaration.gauge(
        "waiting_bytes",
        "Bytes of publications that wait to be written to the broker.",
        stats -> stats.publishing().waitingBytes());
    declaration.counter(
        "messages_total",
        "Messages that were written to the broker; one may carry several publications of a channel,"
            + " but over Kafka just one.",
        stats -> stats.publishing().messages());
    declaration.counter(
        "publications_total",
        "Publications in the messages that were written to the broker.",
        stats -> stats.publishing().publications());
    declaration.counter(
        "received_publications_total",
        "Publications that the node has received from the broker.",
        stats -> stats.receiving().publications());
    declaration.counter(
        "unreadable_messages_total",
        "Messages from the broker that could not be read and were dropped.",
        stats -> stats.receiving().unreadable());
    declaration.gauge(
        "bound_channels",
        "Channels that the broker routes to the node one by one.",
        stats -> stats.binding().boundChannels());
    declaration.counter(
        "binds_total",
        "Subscriptions or bindings that the node has made at the broker.",
        stats -> stats.binding().binds());
    return declaration.builder();
  }

  /** A set that is being declared for one driver. */
  private record Declaration<S>(
      String driver, Function<S, BrokerStats> figures, MetricSet.Builder<S> builder) {

    void gaps() {
      builder.values(
          GapMetric.FAMILY,
          List.of(
              value("outage", stats -> stats.receiving().outageGaps()),
              value("overflow", stats -> stats.receiving().overflowGaps()),
              value("expiry", stats -> stats.receiving().expiryGaps()),
              value("unrouted", stats -> stats.receiving().unroutedGaps())));
    }

    void counter(String name, String help, ToDoubleFunction<BrokerStats> figure) {
      add(Kind.COUNTER, name, help, figure);
    }

    void gauge(String name, String help, ToDoubleFunction<BrokerStats> figure) {
      add(Kind.GAUGE, name, help, figure);
    }

    private void add(Kind kind, String name, String help, ToDoubleFunction<BrokerStats> figure) {
      builder.values(
          new MetricFamily("broker_" + name, kind, help, "broker", List.of()),
          List.of(value(driver, figure)));
    }

    private Value<S> value(String label, ToDoubleFunction<BrokerStats> figure) {
      return new Value<>(label, stats -> figure.applyAsDouble(figures.apply(stats)));
    }
  }
}
