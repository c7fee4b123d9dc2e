package io.carillon.adapter.kit;

import java.util.concurrent.atomic.LongAdder;

/** What a {@link Receiver} did so far. Any thread writes and reads. */
final class ReceiveCounters {

  final LongAdder publications = new LongAdder();
  final LongAdder outageGaps = new LongAdder();
  private final LongAdder overflowGaps = new LongAdder();
  private final LongAdder expiryGaps = new LongAdder();

  LongAdder drops(DropCause cause) {
    return switch (cause) {
      case OVERFLOW -> overflowGaps;
      case EXPIRY -> expiryGaps;
    };
  }

  /** How often the broker has told that it dropped publications. */
  long drops() {
    return overflowGaps.sum() + expiryGaps.sum();
  }

  /**
   * @param unreadable what could not be read, in any form
   */
  BrokerStats.Receiving stats(long unreadable) {
    return new BrokerStats.Receiving(
        publications.sum(), unreadable, outageGaps.sum(), overflowGaps.sum(), expiryGaps.sum());
  }
}
