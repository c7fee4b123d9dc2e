package io.carillon.hub;

import io.carillon.broker.PublishOutcome;
import io.carillon.metrics.LatencyCounters;
import io.carillon.metrics.LatencyStats;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the events of a {@link Hub} and the effects of its limits. Any thread writes and reads.
 */
final class HubCounters {

  final LongAdder unwanted = new LongAdder();
  final LongAdder gaps = new LongAdder();
  final LongAdder loopGaps = new LongAdder();
  final LongAdder subscribed = new LongAdder();
  final LongAdder unsubscribed = new LongAdder();
  final LongAdder tooManySubscriptions = new LongAdder();
  final LongAdder failedSubscribes = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unknown = new LongAdder();

  private final LatencyCounters publishLatency = new LatencyCounters();

  /**
   * @param nanos from the publish to its outcome
   */
  void published(PublishOutcome outcome, long nanos) {
    publishLatency.add(nanos);
    switch (outcome) {
      case PublishOutcome.Accepted _ -> accepted.increment();
      case PublishOutcome.Refused _ -> refused.increment();
      case PublishOutcome.Unknown _ -> unknown.increment();
    }
  }

  /** How long publishes took so far. */
  LatencyStats publishLatency() {
    return publishLatency.stats();
  }

  /**
   * @param lost publications that the shards' queues dropped
   * @param deliveries frames that the shards delivered
   * @param waitingBytes bytes that wait in the shards' queues
   * @param channels how many channels have subscribers
   */
  HubStats stats(long lost, long deliveries, long waitingBytes, int channels) {
    // In this order, so that a subscription that begins or ends meanwhile is not counted below
    // zero.
    long left = unsubscribed.sum();
    return new HubStats(
        accepted.sum(),
        refused.sum(),
        unknown.sum(),
        unwanted.sum(),
        lost,
        gaps.sum(),
        loopGaps.sum(),
        deliveries,
        waitingBytes,
        channels,
        subscribed.sum(),
        left,
        tooManySubscriptions.sum(),
        failedSubscribes.sum());
  }
}
