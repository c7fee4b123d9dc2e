package io.carillon.hub;

import io.carillon.broker.PublishOutcome;
import java.util.concurrent.atomic.LongAdder;

/** What a {@link Hub} did so far, and what its bounds cost. Any thread writes and reads. */
final class HubCounters {

  final LongAdder unwanted = new LongAdder();
  final LongAdder gaps = new LongAdder();
  final LongAdder tooManySubscriptions = new LongAdder();
  final LongAdder failedSubscribes = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unknown = new LongAdder();

  void published(PublishOutcome outcome) {
    switch (outcome) {
      case PublishOutcome.Accepted _ -> accepted.increment();
      case PublishOutcome.Refused _ -> refused.increment();
      case PublishOutcome.Unknown _ -> unknown.increment();
    }
  }

  /**
   * @param lost what the shards' queues lost
   */
  HubStats stats(long lost) {
    return new HubStats(
        accepted.sum(),
        refused.sum(),
        unknown.sum(),
        unwanted.sum(),
        lost,
        gaps.sum(),
        tooManySubscriptions.sum(),
        failedSubscribes.sum());
  }
}
