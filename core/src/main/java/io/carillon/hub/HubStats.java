package io.carillon.hub;

/**
 * What a {@link Hub} did since its start. Totals only grow.
 *
 * @param accepted publishes that the bus has taken
 * @param refused publishes that were certainly not sent: the bus is away, or full
 * @param unknown publishes of which nobody knows
 * @param unwanted publications that came here although nobody here wants them
 * @param lost publications that a loop was too slow for, counted once for each such loop
 * @param gaps gaps that were reported, for whatever reason
 * @param tooManySubscriptions subscribes that were refused because the connection has too many
 * @param failedSubscribes subscribes that were refused because the bus is away or did not answer
 */
public record HubStats(
    long accepted,
    long refused,
    long unknown,
    long unwanted,
    long lost,
    long gaps,
    long tooManySubscriptions,
    long failedSubscribes) {}
