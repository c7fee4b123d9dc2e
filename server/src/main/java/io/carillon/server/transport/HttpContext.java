package io.carillon.server.transport;

import io.carillon.http.HttpHead;
import io.carillon.hub.HubShard;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The state that the HTTP connections of one event loop share.
 *
 * @param config the listener's limits
 * @param counters the listener's
 * @param clients the listener's WebSocket connections
 * @param keepAlive the listener's
 * @param kept the loop's own
 * @param held the loop's own
 * @param replies the listener's
 * @param warnings the listener's
 * @param arrivals the listener's
 * @param scheme the listener's scheme: http or https
 * @param shard the loop's part of the hub; null at a port that has none
 */
record HttpContext(
    TransportConfig config,
    TransportCounters counters,
    ConnectionCounter clients,
    KeepAlive keepAlive,
    KeptConnections kept,
    HeldRequests held,
    HttpReplies replies,
    OpeningWarnings warnings,
    Arrivals arrivals,
    String scheme,
    @Nullable HubShard shard) {

  /** Of a listener's first loop, without TLS. */
  static HttpContext of(
      TransportConfig config, TransportCounters counters, ConnectionCounter clients) {
    return of(config, counters, clients, "http");
  }

  /** The context of a listener's first loop. */
  static HttpContext of(
      TransportConfig config,
      TransportCounters counters,
      ConnectionCounter clients,
      String scheme) {
    KeepAlive keepAlive = new KeepAlive(config.http().keepAlive());
    return new HttpContext(
        config,
        counters,
        clients,
        keepAlive,
        new KeptConnections(),
        new HeldRequests(clients),
        new HttpReplies(new HttpDate(InstantSource.system()), keepAlive),
        new OpeningWarnings(System::nanoTime),
        Arrivals.of(config, counters),
        scheme,
        null);
  }

  /** A request's head, with the address of its client. */
  HttpHead headOf(HttpRequest request, Channel connection) {
    return RequestHeads.of(request, arrivals.addresses().of(connection, request.headers()), scheme);
  }

  /** The answers to requests that can't be read. */
  RequestFaults faults() {
    return new RequestFaults(config, counters, warnings);
  }

  /** The context of another loop of the same listener. */
  HttpContext ofAnotherLoop() {
    return new HttpContext(
        config,
        counters,
        clients,
        keepAlive,
        new KeptConnections(),
        new HeldRequests(clients),
        replies,
        warnings,
        arrivals,
        scheme,
        shard);
  }

  /** The same, of a loop that has this part of the hub. */
  HttpContext on(HubShard part) {
    return new HttpContext(
        config, counters, clients, keepAlive, kept, held, replies, warnings, arrivals, scheme,
        part);
  }
}
