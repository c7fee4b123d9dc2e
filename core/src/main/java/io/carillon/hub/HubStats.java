package io.carillon.hub;

/**
 * The counters of a {@link Hub} since its start. Totals only grow.
 *
 * @param accepted publishes that the bus has accepted
 * @param refused publishes that were certainly not sent: the bus is away, or full
 * @param unknown publishes that were sent and not answered
 * @param unwanted publications that came to this node although no shard wants them
 * @param lost publications that were dropped because a loop was too slow, once for each such loop
 * @param gaps gaps that were reported, for whatever reason
 * @param loopGaps the gaps that were reported because a loop was too slow
 * @param deliveries frames that were handed to subscribers' connections
 * @param waitingBytes bytes of publications that wait for loops now
 * @param channels channels with subscribers, or with connections that wait to subscribe, now
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
