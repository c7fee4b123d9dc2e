package io.carillon.adapter.rabbitmq;

import java.util.concurrent.atomic.LongAdder;

/** What a {@link Supervisor} and a {@link Receiver} did so far. Any thread writes and reads. */
final class LinkCounters {

  final LongAdder connects = new LongAdder();
  final LongAdder outages = new LongAdder();
  final LongAdder outageGaps = new LongAdder();
  final LongAdder overflowGaps = new LongAdder();
  final LongAdder expiryGaps = new LongAdder();
  final LongAdder publications = new LongAdder();

  RabbitMqStats.Connection connection() {
    return new RabbitMqStats.Connection(connects.sum(), outages.sum());
  }

  /**
   * @param unreadable what could not be read, in any form
   */
  RabbitMqStats.Receiving receiving(long unreadable) {
    return new RabbitMqStats.Receiving(
        publications.sum(), unreadable, outageGaps.sum(), overflowGaps.sum(), expiryGaps.sum());
  }

  LongAdder drops(DropCause cause) {
    return switch (cause) {
      case OVERFLOW -> overflowGaps;
      case EXPIRY -> expiryGaps;
    };
  }
}
