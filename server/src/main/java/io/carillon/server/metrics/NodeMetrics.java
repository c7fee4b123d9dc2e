package io.carillon.server.metrics;

import static io.carillon.server.metrics.Metric.counter;
import static io.carillon.server.metrics.Metric.counters;
import static io.carillon.server.metrics.Metric.gauge;
import static io.carillon.server.metrics.Metric.gauges;

import io.carillon.adapter.rabbitmq.RabbitMqStats;
import io.carillon.hub.HubStats;
import io.carillon.server.api.PublishRefusal;
import io.carillon.server.pusher.ApiFault;
import io.carillon.server.transport.CloseReason;
import io.carillon.server.transport.RefusalReason;
import io.carillon.server.transport.TransportStats;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Every metric of a node, once: the endpoint and {@code docs/metrics.md} are made from this. Where
 * soketi and its kin have the same thing, it has the name that it has there.
 */
final class NodeMetrics {

  /** Not made of single values; see {@link PrometheusPage}. */
  static final Metric PUBLISH_SECONDS =
      new Metric(
          "publish_seconds",
          Metric.Kind.HISTOGRAM,
          "How long publishes took, of clients and over HTTP, from the message to the broker's"
              + " answer, whatever it was.",
          "",
          List.of());

  /** As above. */
  static final Metric BUILD =
      new Metric("build_info", Metric.Kind.INFO, "What runs here; always 1.", "", List.of());

  private final Sources sources;
  private final List<Metric> metrics = new ArrayList<>();

  private NodeMetrics(Sources sources) {
    this.sources = sources;
  }

  /** All that are single values. */
  static List<Metric> of(Sources sources) {
    NodeMetrics all = new NodeMetrics(sources);
    all.node();
    all.connections();
    all.traffic();
    all.channels();
    all.publications();
    all.gaps();
    if (sources.rabbitMq() != null) {
      all.rabbitMq(sources.rabbitMq());
    }
    return List.copyOf(all.metrics);
  }

  private void node() {
    add(gauge("broker_up", "1 while the broker can be used, else 0.", flag(sources.busUp())));
    add(gauge("draining", "1 while the node is leaving, else 0.", flag(sources.draining())));
    List<LoopLag> lags =
        sources.loops().stream().map(loop -> new LoopLag(loop, System::nanoTime).start()).toList();
    add(
        gauges(
            "event_loop_lag_seconds",
            "How late the event loop does what is due: the worst of the last 15 to 30 s.",
            "loop",
            lags.size(),
            i -> lags.get(i).seconds()));
  }

  private void connections() {
    add(gauge("connected", "WebSocket connections now.", transport(TransportStats::clients)));
    add(
        gauge(
            "max_connections",
            "How many are let in (`limits.max_connections`).",
            sources::maxConnections));
    add(
        counter(
            "new_connections_total",
            "WebSocket connections that were let in.",
            transport(TransportStats::opened)));
    add(
        counters(
            "new_disconnections_total",
            "Those of them that have ended.",
            "reason",
            CloseReason.values(),
            why -> Metric.of(sources.transport().get().closed(), why)));
    add(
        counters(
            "refused_handshakes_total",
            "WebSocket handshakes that were refused; `too_long`: any request whose line or headers"
                + " are too long.",
            "reason",
            RefusalReason.values(),
            why -> Metric.of(sources.transport().get().refused(), why)));
    add(
        counter(
            "refused_sockets_total",
            "Connections of any kind that were closed at once, since there were too many.",
            transport(TransportStats::refusedSockets)));
    add(
        counter(
            "handshake_timeouts_total",
            "Connections that sent not even one request in time.",
            transport(TransportStats::handshakeTimeouts)));
  }

  private void traffic() {
    add(
        gauge(
            "socket_received_bytes",
            "Bytes that came from clients in frames. It only grows.",
            transport(stats -> stats.traffic().receivedBytes())));
    add(
        gauge(
            "socket_transmitted_bytes",
            "Bytes that were written to clients in frames. It only grows.",
            transport(stats -> stats.traffic().sentBytes())));
    add(
        counter(
            "ws_messages_received_total",
            "Messages that came from clients.",
            transport(stats -> stats.traffic().receivedMessages())));
    add(
        counter(
            "ws_messages_sent_total",
            "Frames that were written to clients, pings and closes among them.",
            transport(stats -> stats.traffic().sentFrames())));
    add(
        gauge(
            "unsent_bytes",
            "Bytes that clients have not taken, as of their last write.",
            transport(TransportStats::unsentBytes)));
  }

  private void channels() {
    add(gauge("active_channels", "Channels with subscribers here.", hub(HubStats::channels)));
    add(
        gauge(
            "subscriptions",
            "Subscriptions of this node's clients.",
            hub(stats -> stats.subscribed() - stats.unsubscribed())));
    add(
        counter(
            "channel_subscriptions_total", "Subscriptions that began.", hub(HubStats::subscribed)));
    add(
        counter(
            "channel_unsubscriptions_total",
            "Subscriptions that ended.",
            hub(HubStats::unsubscribed)));
    add(
        counters(
            "refused_subscribes_total",
            "Subscribes that were refused: the connection has too many, or the broker is away or"
                + " didn't answer.",
            "reason",
            List.of(
                reading("too_many", hub(HubStats::tooManySubscriptions)),
                reading("broker", hub(HubStats::failedSubscribes)))));
  }

  private void publications() {
    add(
        counters(
            "publications_total",
            "Publishes of this node's clients and over HTTP by what became of them.",
            "outcome",
            List.of(
                reading("accepted", hub(HubStats::accepted)),
                reading("refused", hub(HubStats::refused)),
                reading("unknown", hub(HubStats::unknown)))));
    add(
        counters(
            "refused_publish_requests_total",
            "Requests to publish over HTTP that were refused before anything was published; `key`:"
                + " no key, or a wrong one.",
            "reason",
            PublishRefusal.values(),
            why -> Metric.of(sources.publishRefusals().get(), why)));
    add(
        counters(
            "refused_api_requests_total",
            "Requests of the Pusher HTTP API that were not fulfilled; `unauthorized`: somebody has"
                + " a wrong secret, or is guessing.",
            "reason",
            ApiFault.values(),
            why -> Metric.of(sources.apiRefusals().get(), why)));
    add(
        counter(
            "deliveries_total",
            "Publications handed to subscribers, once for each subscriber.",
            hub(HubStats::deliveries)));
    add(
        counter(
            "unwanted_publications_total",
            "Publications that came although nobody here wants them.",
            hub(HubStats::unwanted)));
    add(
        counter(
            "dropped_publications_total",
            "Publications that an event loop was too slow for, once for each such loop.",
            hub(HubStats::lost)));
    add(
        gauge(
            "waiting_publications_bytes",
            "Bytes of publications that wait for event loops.",
            hub(HubStats::waitingBytes)));
  }

  private void gaps() {
    List<Metric.Reading> readings = new ArrayList<>();
    readings.add(reading("event_loop", hub(HubStats::loopGaps)));
    Supplier<RabbitMqStats> rabbitMq = sources.rabbitMq();
    if (rabbitMq != null) {
      readings.add(reading("outage", () -> rabbitMq.get().receiving().outageGaps()));
      readings.add(reading("overflow", () -> rabbitMq.get().receiving().overflowGaps()));
      readings.add(reading("expiry", () -> rabbitMq.get().receiving().expiryGaps()));
    }
    add(
        counters(
            "gaps_total",
            "Times for which the node has reported that messages may have been missed.",
            "reason",
            readings));
  }

  private void rabbitMq(Supplier<RabbitMqStats> stats) {
    Function<ToDoubleFunction<RabbitMqStats>, DoubleSupplier> of =
        part -> () -> part.applyAsDouble(stats.get());
    add(
        counter(
            "rabbitmq_connects_total",
            "How often the node was connected to RabbitMQ.",
            of.apply(s -> s.connection().connects())));
    add(
        counter(
            "rabbitmq_outages_total",
            "How often RabbitMQ was away.",
            of.apply(s -> s.connection().outages())));
    add(
        gauge(
            "rabbitmq_blocked",
            "1 while RabbitMQ takes no publications, else 0.",
            of.apply(s -> s.publishing().blocked() ? 1 : 0)));
    add(
        gauge(
            "rabbitmq_waiting_bytes",
            "Bytes of publications that wait to be written to RabbitMQ.",
            of.apply(s -> s.publishing().waitingBytes())));
    add(
        counter(
            "rabbitmq_messages_total",
            "AMQP messages written; one carries up to 64 publications.",
            of.apply(s -> s.publishing().messages())));
    add(
        counter(
            "rabbitmq_publications_total",
            "Publications in them.",
            of.apply(s -> s.publishing().publications())));
    add(
        counter(
            "rabbitmq_received_publications_total",
            "Publications that came from RabbitMQ.",
            of.apply(s -> s.receiving().publications())));
    add(
        counter(
            "rabbitmq_unreadable_messages_total",
            "Messages from RabbitMQ that could not be read and were dropped.",
            of.apply(s -> s.receiving().unreadable())));
    add(
        gauge(
            "rabbitmq_bound_keys",
            "Channels that are bound one by one.",
            of.apply(s -> s.binding().boundKeys())));
    add(
        gauge(
            "rabbitmq_wide",
            "1 while one binding stands for all channels, else 0.",
            of.apply(s -> s.binding().wide() ? 1 : 0)));
    add(
        counter(
            "rabbitmq_width_switches_total",
            "How often the node went from single bindings to one for all, or back.",
            of.apply(s -> s.binding().switches())));
    add(counter("rabbitmq_binds_total", "Bindings made.", of.apply(s -> s.binding().binds())));
  }

  private void add(Metric metric) {
    metrics.add(metric);
  }

  private static Metric.Reading reading(String labelValue, DoubleSupplier value) {
    return new Metric.Reading(labelValue, value);
  }

  private DoubleSupplier transport(ToDoubleFunction<TransportStats> part) {
    return () -> part.applyAsDouble(sources.transport().get());
  }

  private DoubleSupplier hub(ToDoubleFunction<HubStats> part) {
    return () -> part.applyAsDouble(sources.hub().get());
  }

  private static DoubleSupplier flag(BooleanSupplier flag) {
    return () -> flag.getAsBoolean() ? 1 : 0;
  }
}
