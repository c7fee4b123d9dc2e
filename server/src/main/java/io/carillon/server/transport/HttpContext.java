package io.carillon.server.transport;

import java.time.InstantSource;

/**
 * What the HTTP connections of one event loop share.
 *
 * @param config the listener's bounds
 * @param counters the listener's
 * @param clients the listener's WebSocket connections
 * @param keepAlive the listener's
 * @param kept the loop's own
 * @param replies the listener's
 * @param warnings the listener's
 */
record HttpContext(
    TransportConfig config,
    TransportCounters counters,
    ConnectionCounter clients,
    KeepAlive keepAlive,
    KeptConnections kept,
    HttpReplies replies,
    OpeningWarnings warnings) {

  /** Of a listener's first loop. */
  static HttpContext of(
      TransportConfig config, TransportCounters counters, ConnectionCounter clients) {
    KeepAlive keepAlive = new KeepAlive(config.http().keepAlive());
    return new HttpContext(
        config,
        counters,
        clients,
        keepAlive,
        new KeptConnections(),
        new HttpReplies(new HttpDate(InstantSource.system()), keepAlive),
        new OpeningWarnings(System::nanoTime));
  }

  /** Of another loop of the same listener. */
  HttpContext ofAnotherLoop() {
    return new HttpContext(
        config, counters, clients, keepAlive, new KeptConnections(), replies, warnings);
  }
}
