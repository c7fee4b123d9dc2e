package io.carillon.server.transport;

import io.carillon.message.Incarnation;

/**
 * The state that the connections of one event loop share.
 *
 * @param counters the node's
 * @param traffic the loop's own
 * @param direct the direct way to sockets, if there is one
 */
record LoopContext(
    NettyLoop loop,
    Heartbeat heartbeat,
    TransportConfig config,
    OutboundBudget budget,
    TransportCounters counters,
    Traffic traffic,
    DirectSend direct,
    Incarnation node) {}
