package io.carillon.adapter.kit;

import java.util.concurrent.atomic.LongAdder;

/** The counters of a {@link Receiver}. Any thread writes and reads. */
final class ReceiveCounters {

  final LongAdder publications = new LongAdder();
  final LongAdder outageGaps = new LongAdder();
  final LongAdder unroutedGaps = new LongAdder();
  private final LongAdder overflowGaps = new LongAdder();
  private final LongAdder expiryGaps = new LongAdder();

  LongAdder drops(DropCause cause) {
    return switch (cause) {
      case OVERFLOW -> overflowGaps;
      case EXPIRY -> expiryGaps;
    };
  }

  /** How often the broker has reported dropped publications. */
  long drops() {
    return overflowGaps.sum() + expiryGaps.sum();
  }

  /**
   * @param unreadable how many messages could not be read, in any form
   */
  BrokerStats.Receiving stats(long unreadable) {
    return new BrokerStats.Receiving(
        publications.sum(),
        unreadable,
        outageGaps.sum(),
        overflowGaps.sum(),
        expiryGaps.sum(),
        unroutedGaps.sum());
  }
}
