package io.carillon.adapter.kit;

import io.carillon.broker.PublishOutcome;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of a {@link LanePublisher}. Written on its thread and by publishing threads, read by
 * any.
 */
final class PublishCounters {

  private final LongAdder messages = new LongAdder();
  private final LongAdder publications = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unknown = new LongAdder();

  /** A message with this many publications was written. */
  void written(int count) {
    messages.increment();
    publications.add(count);
  }

  void answered(PublishOutcome outcome) {
    switch (outcome) {
      case PublishOutcome.Accepted _ -> accepted.increment();
      case PublishOutcome.Refused _ -> refused.increment();
      case PublishOutcome.Unknown _ -> unknown.increment();
    }
  }

  BrokerStats.Publishing stats(boolean blocked, long waitingBytes) {
    return new BrokerStats.Publishing(
        messages.sum(),
        publications.sum(),
        accepted.sum(),
        refused.sum(),
        unknown.sum(),
        blocked,
        waitingBytes);
  }
}
