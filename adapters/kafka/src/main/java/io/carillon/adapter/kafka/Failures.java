package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.Vendor;
import io.carillon.broker.BrokerConfigurationException;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Describes failures of Kafka in words for operators, and decides whether a retry can help. */
final class Failures {

  /** Nothing answers. */
  static final String SILENT = "no broker answers in time";

  private Failures() {}

  /**
   * The client's failure as the kit expects it.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  static IOException io(KafkaException failure) throws InterruptedException {
    if (failure instanceof InterruptException) {
      throw new InterruptedException("interrupted while waiting for Kafka");
    }
    return new IOException(failure);
  }

  /** The reason, in one line, without secrets. */
  static String reason(Throwable failure) {
    return find(failure, TimeoutException.class) ? SILENT : Vendor.rootReason(failure);
  }

  /**
   * The change that a user must make, if a retry can't help; empty for a failure that may pass by
   * itself.
   *
   * @param failure why a connection could not be made
   */
  static Optional<BrokerConfigurationException> configuration(
      Throwable failure, KafkaConfig config) {
    return advice(failure, config)
        .map(advice -> new BrokerConfigurationException("Kafka: " + advice, failure));
  }

  /** The remedy, if it is known. */
  static Optional<String> advice(Throwable failure, KafkaConfig config) {
    KafkaAddress address = config.address();
    if (failure instanceof KafkaFailure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
    if (find(failure, UnsupportedSaslMechanismException.class)) {
      return Optional.of(
          "the brokers do not accept %s (check adapter.kafka.sasl_mechanism for %s)"
              .formatted(config.security().mechanism(), address));
    }
    if (find(failure, SaslAuthenticationException.class)) {
      return Optional.of(
          "wrong credentials (check the user, the password and adapter.kafka.sasl_mechanism for %s)"
              .formatted(address));
    }
    if (find(failure, SslAuthenticationException.class)) {
      return Optional.of(
          "the TLS connection is not accepted: %s (check the host and adapter.kafka.tls for %s)"
              .formatted(reason(failure), address));
    }
    if (find(failure, AuthorizationException.class)) {
      return Optional.of(
          "the user may not do what a node does (expected: permission to describe, read and write"
              + " the topics below the prefix): "
              + reason(failure));
    }
    if (find(failure, UnsupportedVersionException.class)) {
      return Optional.of(
          "the brokers are too old (expected: Kafka 2.4 or later): " + reason(failure));
    }
    return Optional.empty();
  }

  static boolean find(Throwable failure, Class<? extends Throwable> kind) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (kind.isInstance(t)) {
        return true;
      }
    }
    return false;
  }
}
