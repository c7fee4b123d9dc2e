package io.carillon.server.transport;

/**
 * Where a {@link Transport} stands, and what its bounds did since its start.
 *
 * @param clients WebSocket connections now
 * @param unsentBytes bytes that they have not taken now, as of their last write
 * @param slowConsumers clients that were closed because they alone had too much waiting
 * @param overBudget clients that were closed because all together had, and they more than a share
 * @param deadPeers clients that were cut because they answered no ping
 * @param handshakeTimeouts connections that sent no request in time
 * @param refusedClients handshakes that were refused because the node is full
 * @param refusedSockets connections that were closed at once because there are too many of any kind
 */
public record TransportStats(
    int clients,
    long unsentBytes,
    long slowConsumers,
    long overBudget,
    long deadPeers,
    long handshakeTimeouts,
    long refusedClients,
    long refusedSockets) {}
