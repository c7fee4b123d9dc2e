package io.carillon.server.transport;

import java.util.Map;

/**
 * Where a {@link Transport} stands, and what its bounds did since its start.
 *
 * @param clients WebSocket connections now
 * @param maxClients how many are let in
 * @param unsentBytes bytes that they have not taken now, as of their last write
 * @param slowConsumers clients that were closed because they alone had too much waiting
 * @param overBudget clients that were closed because all together had, and they more than a share
 * @param deadPeers clients that were cut because they answered no ping
 * @param handshakeTimeouts connections that sent not even one request in time
 * @param refusedSockets connections that were closed at once because there are too many of any kind
 * @param opened WebSocket connections that were let in
 * @param closed those of them that have ended, by the reason
 * @param refused handshakes that were refused, by the reason
 * @param traffic what went to and fro on WebSocket connections
 */
public record TransportStats(
    int clients,
    int maxClients,
    long unsentBytes,
    long slowConsumers,
    long overBudget,
    long deadPeers,
    long handshakeTimeouts,
    long refusedSockets,
    long opened,
    Map<CloseReason, Long> closed,
    Map<RefusalReason, Long> refused,
    Traffic traffic) {

  public TransportStats {
    closed = Map.copyOf(closed);
    refused = Map.copyOf(refused);
  }

  /**
   * What went to and fro. Bytes are those of frames, before any encryption.
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
