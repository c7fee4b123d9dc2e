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
 * @param loopGaps those of them that were reported because a loop was too slow
 * @param deliveries frames that were handed to subscribers' connections
 * @param waitingBytes bytes of publications that wait for loops now
 * @param channels channels with subscribers, or with somebody who waits to become one, now
 * @param subscribed subscriptions that began
 * @param unsubscribed subscriptions that ended
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
    long loopGaps,
    long deliveries,
    long waitingBytes,
    int channels,
    long subscribed,
    long unsubscribed,
    long tooManySubscriptions,
    long failedSubscribes) {}
