package io.carillon.adapter.kafka;

import java.io.IOException;

/**
 * The brokers answer and can't be used by a node: trying again does not help before an operator
 * changes something. The message says what.
 */
final class KafkaFailure extends IOException {
  KafkaFailure(String message) {
    super(message);
  }
}
