package io.carillon.part;

/**
 * The node's bounds on every client, whatever its protocol.
 *
 * @param maxMessageBytes the longest message of a client
 * @param maxOutboundBytes how much may wait for one client
 */
public record NodeLimits(int maxMessageBytes, int maxOutboundBytes) {}
