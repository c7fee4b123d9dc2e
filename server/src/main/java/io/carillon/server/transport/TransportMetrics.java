package io.carillon.server.transport;

import io.carillon.metrics.MetricSet;
import java.util.List;
import java.util.function.Function;

/** The metrics of a {@link Transport}. */
public final class TransportMetrics {

  /** How late the event loops are, in seconds, in the order of the loops. */
  public static final MetricSet<List<Double>> LOOPS =
      MetricSet.<List<Double>>builder()
          .numberedGauges(
              "event_loop_lag_seconds",
              "How late the event loop runs a task that is due: the worst delay of the last 15 to"
                  + " 30 s.",
              "loop",
              Function.identity())
          .build();

  /** How much of the node's capacity is in use. */
  public static final MetricSet<NodeLoad> LOAD =
      MetricSet.<NodeLoad>builder()
          .gauge(
              "load",
              "The share of the node's capacity that is in use, 0 to 1: the largest of `connected`"
                  + " of `max_connections`, `unsent_bytes` of `max_unsent_bytes`, and the largest"
                  + " `event_loop_lag_seconds` of half a second.",
              NodeLoad::ratio)
          .build();

  /** Connections, and their traffic. */
  public static final MetricSet<TransportStats> CONNECTIONS =
      MetricSet.<TransportStats>builder()
          .gauge("connected", "WebSocket connections now.", TransportStats::clients)
          .gauge(
              "max_connections",
              "The limit on WebSocket connections (`limits.max_connections`).",
              TransportStats::maxClients)
          .counter(
              "new_connections_total",
              "WebSocket connections that were accepted.",
              TransportStats::opened)
          .counters(
              "new_disconnections_total",
              "Accepted WebSocket connections that have ended.",
              "reason",
              CloseReason.values(),
              TransportStats::closed)
          .counters(
              "refused_handshakes_total",
              "WebSocket handshakes that were refused; `too_long` counts every request whose line"
                  + " or headers are too long.",
              "reason",
              RefusalReason.values(),
              TransportStats::refused)
          .counters(
              "refused_proxy_connections_total",
              "Connections that were closed because of the PROXY protocol; `untrusted`: an address"
                  + " that is not in `proxy.trusted` has sent it; `missing`: a trusted one has"
                  + " not.",
              "reason",
              ProxyFault.values(),
              TransportStats::refusedProxies)
          .counter(
              "unreadable_forwarded_headers_total",
              "Requests of trusted proxies whose header with addresses could not be read; they"
                  + " count as the proxy's own.",
              TransportStats::unreadableForwarded)
          .counter(
              "refused_sockets_total",
              "Connections of any kind that were closed at once, because there were too many.",
              TransportStats::refusedSockets)
          .counter(
              "handshake_timeouts_total",
              "Connections that sent no whole request in time.",
              TransportStats::handshakeTimeouts)
          .gauge(
              "socket_received_bytes",
              "Bytes of frames that clients have sent. It only grows.",
              stats -> stats.traffic().receivedBytes())
          .gauge(
              "socket_transmitted_bytes",
              "Bytes of frames that were written to clients. It only grows.",
              stats -> stats.traffic().sentBytes())
          .counter(
              "ws_messages_received_total",
              "Messages that clients have sent.",
              stats -> stats.traffic().receivedMessages())
          .counter(
              "ws_messages_sent_total",
              "Frames that were written to clients, including pings and closes.",
              stats -> stats.traffic().sentFrames())
          .gauge(
              "unsent_bytes",
              "Bytes that clients had not taken at their last write.",
              TransportStats::unsentBytes)
          .gauge(
              "max_unsent_bytes",
              "The limit on these bytes (`limits.max_total_outbound`).",
              TransportStats::maxUnsentBytes)
          .build();

  private TransportMetrics() {}
}
