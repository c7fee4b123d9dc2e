package io.carillon.server.transport;

import java.util.Map;

/**
 * The state of a {@link Transport}, and its counters since its start.
 *
 * @param clients WebSocket connections now
 * @param maxClients the limit on clients
 * @param unsentBytes bytes that the clients have not taken now, as of their last write
 * @param maxUnsentBytes the limit on these bytes
 * @param slowConsumers clients that were closed because they alone had too many bytes waiting
 * @param overBudget clients that were closed because all clients together had, and they more than
 *     their share
 * @param deadPeers clients that were disconnected because they answered no ping
 * @param handshakeTimeouts connections that sent not even one request in time
 * @param refusedSockets connections that were closed at once because there are too many of any kind
 * @param opened WebSocket connections that were accepted
 * @param closed those of them that have ended, by the reason
 * @param refused handshakes that were refused, by the reason
 * @param refusedProxies connections that were closed because of the PROXY protocol, by the reason
 * @param unreadableForwarded requests of trusted proxies whose header with addresses was unreadable
 * @param traffic the bytes and messages on WebSocket connections
 */
public record TransportStats(
    int clients,
    int maxClients,
    long unsentBytes,
    long maxUnsentBytes,
    long slowConsumers,
    long overBudget,
    long deadPeers,
    long handshakeTimeouts,
    long refusedSockets,
    long opened,
    Map<CloseReason, Long> closed,
    Map<RefusalReason, Long> refused,
    Map<ProxyFault, Long> refusedProxies,
    long unreadableForwarded,
    Traffic traffic) {

  public TransportStats {
    closed = Map.copyOf(closed);
    refused = Map.copyOf(refused);
    refusedProxies = Map.copyOf(refusedProxies);
  }

  /**
   * Bytes and messages in both directions. Bytes are those of frames, before any encryption.
   *
   * @param receivedBytes bytes that clients have sent
   * @param sentBytes bytes that were written to clients
   * @param receivedMessages messages that clients have sent, without pings, pongs and closes
   * @param sentFrames frames that were written to clients, of any kind
   */
  public record Traffic(
      long receivedBytes, long sentBytes, long receivedMessages, long sentFrames) {

    static final Traffic NONE = new Traffic(0, 0, 0, 0);

    Traffic plus(Traffic other) {
      return new Traffic(
          receivedBytes + other.receivedBytes,
          sentBytes + other.sentBytes,
          receivedMessages + other.receivedMessages,
          sentFrames + other.sentFrames);
    }
  }
}
