package io.carillon.server.balancer;

import io.carillon.server.ServerConfig;
import io.carillon.server.transport.TransportConfig;
import java.time.Duration;

/**
 * What a balancer has to know of the nodes, from their effective configuration.
 *
 * @param prefix the beginning of all paths, without a slash at its end; empty if there is none
 * @param heartbeat how often a node pings each client
 * @param handshake how long a client has for its handshake or request
 * @param keepAlive how long a node keeps an idle connection for its next request
 * @param maxConnections the most WebSocket connections of one node
 * @param scheme how the nodes' listeners speak
 */
public record NodeFacts(
    String prefix,
    Duration heartbeat,
    Duration handshake,
    Duration keepAlive,
    int maxConnections,
    Scheme scheme) {

  private static final Duration MARGIN = Duration.ofSeconds(10);

  /** How a listener speaks. */
  public enum Scheme {
    PLAIN,
    TLS
  }

  /** Reads them from a node's configuration. */
  public static NodeFacts of(ServerConfig config) {
    TransportConfig transport = config.transport();
    return new NodeFacts(
        transport.http().prefix().text(),
        transport.heartbeat(),
        transport.handshakeTimeout(),
        transport.http().keepAlive(),
        transport.maxConnections(),
        config.tls() == null ? Scheme.PLAIN : Scheme.TLS);
  }

  /**
   * After how much silence a WebSocket has ended: a node pings every {@link #heartbeat}, and closes
   * a connection itself if the client does not answer until the next ping.
   */
  Duration silence() {
    return heartbeat.multipliedBy(2).plus(MARGIN);
  }

  /**
   * The same for connections of any kind, which a balancer can't tell apart if it passes bytes on:
   * a node keeps a connection between two requests for {@link #keepAlive}.
   */
  Duration anySilence() {
    Duration kept = keepAlive.plus(MARGIN);
    return kept.compareTo(silence()) > 0 ? kept : silence();
  }

  /** For how long a balancer keeps a connection to a node; the node keeps it for longer. */
  Duration kept() {
    return keepAlive.multipliedBy(4).dividedBy(5);
  }

  boolean speaksTls() {
    return scheme == Scheme.TLS;
  }
}
