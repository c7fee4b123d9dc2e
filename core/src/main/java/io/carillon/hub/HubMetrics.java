package io.carillon.hub;

import io.carillon.broker.GapMetric;
import io.carillon.metrics.LatencyStats;
import io.carillon.metrics.MetricSet;
import io.carillon.metrics.MetricSet.Value;
import java.util.List;
import java.util.function.Function;

/** The metrics of a {@link Hub}. */
public final class HubMetrics {

  /** The requests of clients and backends to the hub: subscriptions and publishes. */
  public static final MetricSet<HubStats> REQUESTS =
      MetricSet.<HubStats>builder()
          .gauge("active_channels", "Channels with subscribers on this node.", HubStats::channels)
          .gauge(
              "subscriptions",
              "Subscriptions of this node's clients.",
              stats -> stats.subscribed() - stats.unsubscribed())
          .counter("channel_subscriptions_total", "Subscriptions that began.", HubStats::subscribed)
          .counter(
              "channel_unsubscriptions_total", "Subscriptions that ended.", HubStats::unsubscribed)
          .counters(
              "refused_subscribes_total",
              "Subscribes that were refused; `too_many`: the connection has too many subscriptions;"
                  + " `broker`: the broker is away or did not answer.",
              "reason",
              List.of(
                  new Value<>("too_many", HubStats::tooManySubscriptions),
                  new Value<>("broker", HubStats::failedSubscribes)))
          .counters(
              "publications_total",
              "Publishes of this node's clients and of backends over HTTP, by their outcome.",
              "outcome",
              List.of(
                  new Value<>("accepted", HubStats::accepted),
                  new Value<>("refused", HubStats::refused),
                  new Value<>("unknown", HubStats::unknown)))
          .build();

  /** The deliveries of publications that come from the bus. */
  public static final MetricSet<HubStats> DELIVERIES =
      MetricSet.<HubStats>builder()
          .counter(
              "deliveries_total",
              "Publications handed to subscribers, once for each subscriber.",
              HubStats::deliveries)
          .counter(
              "unwanted_publications_total",
              "Publications from the broker for channels without subscribers on this node.",
              HubStats::unwanted)
          .counter(
              "dropped_publications_total",
              "Publications that were dropped because an event loop was too slow, once for each"
                  + " such loop.",
              HubStats::lost)
          .gauge(
              "waiting_publications_bytes",
              "Bytes of publications that wait for event loops.",
              HubStats::waitingBytes)
          .values(GapMetric.FAMILY, List.of(new Value<>("event_loop", HubStats::loopGaps)))
          .build();

  /** How long publishes take. */
  public static final MetricSet<LatencyStats> LATENCY =
      MetricSet.<LatencyStats>builder()
          .histogram(
              "publish_seconds",
              "Time from a publish of a client or over HTTP to the broker's answer, whatever the"
                  + " answer was.",
              Function.identity())
          .build();

  private HubMetrics() {}
}
