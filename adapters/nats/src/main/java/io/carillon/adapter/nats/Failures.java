package io.carillon.adapter.nats;

import io.carillon.adapter.kit.TlsFailures;
import io.carillon.adapter.kit.Vendor;
import io.carillon.broker.BrokerConfigurationException;
import io.nats.client.AuthenticationException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Describes failures of NATS in words for operators, and decides whether a retry can help. */
final class Failures {

  private static final String ENDED = "Read channel closed";
  private static final String TLS_REQUIRED = "SSL required by server";
  private static final String NO_TLS = "SSL connection wanted by client";

  private Failures() {}

  /** The reason, in one line, without secrets. */
  static String reason(Throwable failure) {
    if (find(failure, TimeoutException.class)) {
      return "it takes connections and does not answer in time";
    }
    String reason = Vendor.rootReason(failure);
    return reason.startsWith(ENDED) ? "the connection was cut" : reason;
  }

  /** Why no connection could be made: what to change if that is known, else the bare reason. */
  static String explain(Throwable failure, NatsConfig config) {
    return advice(failure, config).orElseGet(() -> reason(failure));
  }

  /**
   * The change that a user must make, if a retry can't help; empty for a failure that may pass by
   * itself.
   *
   * @param failure why a connection could not be made
   */
  static Optional<BrokerConfigurationException> configuration(
      Throwable failure, NatsConfig config) {
    return advice(failure, config)
        .map(advice -> new BrokerConfigurationException("NATS: " + advice, failure));
  }

  /** The failure of a connection attempt to which the server has answered with an error. */
  static IOException refusal(String error) {
    String text = error.toLowerCase(Locale.ROOT);
    return text.contains("authorization") || text.contains("authentication")
        ? new AuthenticationException(error)
        : new IOException("the server reports: " + error);
  }

  /** An error of the server, and what to change. */
  static String advice(String error) {
    return error.toLowerCase(Locale.ROOT).contains("permissions violation")
        ? "the user may not do what a node does (expected: permission to publish and subscribe"
            + " below the prefix): "
            + error
        : "the server reports: " + error;
  }

  private static Optional<String> advice(Throwable failure, NatsConfig config) {
    NatsAddress address = config.address();
    if (failure instanceof NatsFailure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
    IdentityFile identity = config.identity();
    if (find(failure, AuthenticationException.class) && identity != null) {
      return Optional.of(
          "the server does not accept the user of %s for %s: %s"
              .formatted(identity.name(), address, reason(failure)));
    }
    if (find(failure, AuthenticationException.class)) {
      return Optional.of(
          "wrong credentials (check user, password or token for %s)".formatted(address));
    }
    if (TlsFailures.isUntrusted(failure)) {
      return Optional.of(
          "the server's TLS certificate is not accepted: %s (check the host and adapter.nats.tls.ca"
                  .formatted(reason(failure))
              + " for %s)".formatted(address));
    }
    if (TlsFailures.isUnidentified(failure)) {
      return Optional.of(
          "the server refuses this node's TLS certificate: %s (check adapter.nats.tls.certificate"
                  .formatted(reason(failure))
              + " and adapter.nats.tls.key for %s)".formatted(address));
    }
    String reason = reason(failure);
    if (reason.startsWith(TLS_REQUIRED)) {
      return Optional.of("the server requires TLS (expected: tls://): %s".formatted(address));
    }
    if (reason.startsWith(NO_TLS)) {
      return Optional.of(
          "the server does not speak TLS (expected: nats://, or TLS turned on there): %s"
              .formatted(address));
    }
    return Optional.empty();
  }

  private static boolean find(Throwable failure, Class<? extends Throwable> kind) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (kind.isInstance(t)) {
        return true;
      }
    }
    return false;
  }
}
