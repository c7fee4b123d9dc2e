package io.carillon.adapter.kit;

import io.carillon.broker.BrokerConfigurationException;
import java.io.EOFException;
import java.util.Optional;

/**
 * The kit's knowledge of a broker: its name, and its failures in words for operators. No text holds
 * a secret. Safe for use by many threads.
 */
public interface Vendor {

  /** The broker's name for people: {@code RabbitMQ}. */
  String name();

  /** The broker's name in names of threads: {@code rabbitmq}. */
  String id();

  /** Why something failed, in one line. */
  default String reason(Throwable failure) {
    return rootReason(failure);
  }

  /** Why no connection could be made: what to change if that is known, else the bare reason. */
  default String explain(Throwable failure) {
    return reason(failure);
  }

  /**
   * The change that a user must make, if a retry can't help. Empty for a failure that may pass by
   * itself.
   *
   * @param failure why a connection could not be made
   */
  default Optional<BrokerConfigurationException> configuration(Throwable failure) {
    return Optional.empty();
  }

  /** The message of the innermost cause, in one line. */
  static String rootReason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof EOFException) {
      return "the connection was cut";
    }
    String message = root.getMessage();
    return message == null || message.isBlank()
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  /** Why a link is given up after an exception of this node's own code, in one line. */
  static String unexpected(Throwable bug) {
    return "this node's own code failed with " + bug.getClass().getSimpleName();
  }
}
