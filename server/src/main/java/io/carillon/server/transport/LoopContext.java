package io.carillon.server.transport;

import io.carillon.message.Incarnation;

/**
 * What the connections of one event loop share.
 *
 * @param counters the node's
 * @param traffic the loop's own
 * @param direct the way past Netty, where there is one
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
