package io.carillon.broker;

/**
 * What a kind of broker can do.
 *
 * @param clustered nodes in other processes can be reached
 * @param totalOrder all nodes see all publishers' publications of one channel in one order
 */
public record Capabilities(boolean clustered, boolean totalOrder) {}
