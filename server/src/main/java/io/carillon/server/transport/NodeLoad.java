package io.carillon.server.transport;

import java.util.Collections;
import java.util.List;

/**
 * How much of a node's capacity is in use, from 0 to 1: the largest of three shares. Scaling by the
 * largest one adds a node before any of them runs out.
 *
 * @param connections the clients, of the limit on clients
 * @param backlog the bytes that clients have not taken, of the limit on them
 * @param lag how late the latest event loop is, of half a second
 */
public record NodeLoad(double connections, double backlog, double lag) {

  /** The delay at which clients notice a node, and at which an alert fires. */
  private static final double MAX_LAG_SECONDS = 0.5;

  /**
   * @param lags of the event loops, in seconds
   */
  public static NodeLoad of(TransportStats stats, List<Double> lags) {
    return new NodeLoad(
        (double) stats.clients() / stats.maxClients(),
        (double) stats.unsentBytes() / stats.maxUnsentBytes(),
        lags.isEmpty() ? 0 : Collections.max(lags) / MAX_LAG_SECONDS);
  }

  /** The load. */
  public double ratio() {
    return Math.clamp(Math.max(connections, Math.max(backlog, lag)), 0.0, 1.0);
  }
}
