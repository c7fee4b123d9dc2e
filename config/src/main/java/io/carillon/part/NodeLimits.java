package io.carillon.part;

/**
 * The node's limits on every client, whatever its protocol.
 *
 * @param maxMessageBytes the longest message of a client
 * @param maxOutboundBytes how many bytes may wait for one client
 */
public record NodeLimits(int maxMessageBytes, int maxOutboundBytes) {}
