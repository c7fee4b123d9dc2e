package io.carillon.adapter.redis;

import io.carillon.adapter.kit.TlsFailures;
import io.carillon.adapter.kit.Vendor;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Describes failures of Redis in words for operators, and decides whether a retry can help. */
final class Failures {

  /** Of Netty, which has no exception type of its own for that. */
  private static final String NO_TLS_RECORD = "not an SSL/TLS record";

  private Failures() {}

  /** The reason, in one line, without secrets. */
  static String reason(Throwable failure) {
    if (TlsFailures.isSaid(failure, NO_TLS_RECORD)) {
      return "the server at this port does not speak TLS";
    }
    return isTimeout(failure) ? "Redis does not answer in time" : Vendor.rootReason(failure);
  }

  /** Whether a server of a cluster has answered that another one serves the slot. */
  static boolean isRedirection(Throwable failure) {
    String answer = answer(failure);
    return answer != null && (answer.startsWith("MOVED ") || answer.startsWith("ASK "));
  }

  private static boolean isTimeout(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof TimeoutException || t instanceof RedisCommandTimeoutException) {
        return true;
      }
    }
    return false;
  }

  /** Why no connection could be made: what to change if that is known, else the bare reason. */
  static String explain(Throwable failure, RedisConfig config) {
    if (config.address().tls() && isTimeout(failure)) {
      // Redis takes the first bytes of TLS for the beginning of a command, and waits for its end.
      return "Redis does not answer in time (expected: a port with TLS; redis:// is for a port"
          + " without it)";
    }
    return advice(failure, config).orElseGet(() -> reason(failure));
  }

  /**
   * The change that a user must make, if a retry can't help; empty for a failure that may pass by
   * itself.
   *
   * @param failure why a connection could not be made
   */
  static Optional<String> advice(Throwable failure, RedisConfig config) {
    RedisAddress address = config.address();
    if (TlsFailures.isSaid(failure, NO_TLS_RECORD)) {
      return Optional.of(
          "the server at this port does not speak TLS (expected: a port with TLS; redis:// is for"
              + " a port without it): "
              + address);
    }
    if (TlsFailures.isUntrusted(failure)) {
      return Optional.of(
          "the server's TLS certificate is not accepted: %s (check the host in %s and"
                  .formatted(reason(failure), address)
              + " database.redis.tls.ca_path)");
    }
    if (TlsFailures.isUnidentified(failure)) {
      return Optional.of(
          "the server refuses this node's TLS certificate: %s (check".formatted(reason(failure))
              + " database.redis.tls.client_cert_path and client_key_path): "
              + address);
    }
    String answer = answer(failure);
    return answer == null ? Optional.empty() : answerAdvice(answer, address);
  }

  private static Optional<String> answerAdvice(String answer, RedisAddress address) {
    if (answer.startsWith("WRONGPASS")
        || answer.startsWith("NOAUTH")
        || answer.startsWith("ERR AUTH")
        || answer.startsWith("ERR invalid password")
        || answer.startsWith("ERR Client sent AUTH")) {
      return Optional.of(
          "wrong credentials for user \"%s\" (check user and password in %s): %s"
              .formatted(address.login(), address, answer));
    }
    if (answer.startsWith("NOPERM")) {
      return Optional.of(
          "user \"%s\" may not do what a node does (docs/brokers.md lists the permissions): %s"
              .formatted(address.login(), answer));
    }
    if (answer.startsWith("DENIED")) {
      return Optional.of(
          "Redis runs in protected mode and accepts only connections of its own machine (set a"
              + " password there): "
              + address);
    }
    if (answer.startsWith("ERR DB index") || answer.startsWith("ERR invalid DB index")) {
      return Optional.of("there is no database %d: %s".formatted(address.database(), address));
    }
    if (answer.startsWith("ERR This instance has cluster support disabled")) {
      return Optional.of(
          "this Redis is no cluster (expected: redis:// for one server): " + address);
    }
    if (answer.startsWith("ERR unknown command") && address.pubSub() == PubSub.SHARDED) {
      return Optional.of(
          "Redis before version 7 has no sharded pub/sub (expected:"
              + " database.redis.cluster.pubsub: classic): "
              + answer);
    }
    return Optional.empty();
  }

  /** Redis' own words, if it has answered with an error. */
  private static @Nullable String answer(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof RedisCommandExecutionException) {
        return t.getMessage();
      }
    }
    return null;
  }
}
