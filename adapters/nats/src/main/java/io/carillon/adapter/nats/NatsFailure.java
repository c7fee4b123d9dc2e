package io.carillon.adapter.nats;

import java.io.IOException;

/**
 * A server took the connection and can't be used by a node: trying again does not help before an
 * operator changes something. The message says what.
 */
final class NatsFailure extends IOException {
  NatsFailure(String message) {
    super(message);
  }
}
