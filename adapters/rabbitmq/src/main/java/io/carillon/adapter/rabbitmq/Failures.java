package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.MalformedFrameException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.carillon.adapter.kit.TlsFailures;
import io.carillon.adapter.kit.Vendor;
import io.carillon.broker.BrokerConfigurationException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Describes failures of RabbitMQ in words for operators, and decides whether a retry can help. */
final class Failures {

  private static final String NO_TLS_RECORD = "unrecognized SSL message";

  private static final int ACCESS_REFUSED = AMQP.ACCESS_REFUSED;
  private static final int NOT_ALLOWED = AMQP.NOT_ALLOWED;
  private static final int PRECONDITION_FAILED = AMQP.PRECONDITION_FAILED;

  /** The whole phrase, because users and virtual hosts may have names such as "limited". */
  private static final Pattern LIMIT_REACHED = Pattern.compile("limit \\(\\d+\\) is reached");

  private Failures() {}

  /** The reason, in one line, without secrets. */
  static String reason(Throwable failure) {
    Answer answer = answer(failure);
    if (answer != null) {
      return answer.code() + " " + answer.text();
    }
    return Vendor.rootReason(failure);
  }

  /** Why no connection could be made: what to change if that is known, else the bare reason. */
  static String explain(Throwable failure, RabbitMqConfig config) {
    return advice(failure, config).orElseGet(() -> reason(failure));
  }

  /**
   * The change that a user must make, if a retry can't help; empty for a failure that may pass by
   * itself.
   *
   * @param failure why a connection could not be made
   */
  static Optional<BrokerConfigurationException> configuration(
      Throwable failure, RabbitMqConfig config) {
    return advice(failure, config)
        .map(advice -> new BrokerConfigurationException("RabbitMQ: " + advice, failure));
  }

  private static Optional<String> advice(Throwable failure, RabbitMqConfig config) {
    AmqpUri uri = config.uri();
    if (failure instanceof AuthenticationFailureException
        || failure instanceof PossibleAuthenticationFailureException) {
      return Optional.of(
          "wrong credentials for user \"%s\" (check user and password in %s)"
              .formatted(uri.user(), uri));
    }
    if (TlsFailures.isUntrusted(failure)) {
      return Optional.of(
          "the server's TLS certificate is not accepted: %s (check host and cacertfile in %s)"
              .formatted(reason(failure), uri));
    }
    if (uri.tls() && TlsFailures.isSaid(failure, NO_TLS_RECORD)) {
      return Optional.of(
          "the server at this port does not speak TLS (expected: a port with TLS, usually 5671;"
              + " amqp:// is for"
              + " a port without it): %s".formatted(uri));
    }
    if (!uri.tls() && isWithoutAmqp(failure)) {
      return Optional.of(
          "the server at this port does not speak plain AMQP (expected: a port without TLS, usually"
              + " 5672; amqps:// is"
              + " for a port with it): %s".formatted(uri));
    }
    Answer answer = answer(failure);
    if (answer == null) {
      return Optional.empty();
    }
    return switch (answer.code()) {
      case NOT_ALLOWED -> virtualHostAdvice(answer, uri);
      case ACCESS_REFUSED ->
          Optional.of(
              "user \"%s\" may not do what a node does (expected: permission to configure, write"
                      .formatted(uri.user())
                  + " and read in virtual host \"%s\"): %s"
                      .formatted(uri.virtualHost(), answer.text()));
      case PRECONDITION_FAILED ->
          Optional.of(
              "an exchange exists with other arguments (delete it, or choose another name than"
                  + " \"%s\"): %s".formatted(config.exchange(), answer.text()));
      default -> Optional.empty();
    };
  }

  private static Optional<String> virtualHostAdvice(Answer answer, AmqpUri uri) {
    if (LIMIT_REACHED.matcher(answer.text()).find()) {
      return Optional.empty(); // Too many connections now: a state that passes.
    }
    if (answer.text().contains("refused for user")) {
      return Optional.of(
          "user \"%s\" has no access to virtual host \"%s\" (grant it, or change %s)"
              .formatted(uri.user(), uri.virtualHost(), uri));
    }
    if (answer.text().contains("not found")) {
      return Optional.of(
          "there is no virtual host \"%s\" (create it, or change %s)"
              .formatted(uri.virtualHost(), uri));
    }
    return Optional.empty();
  }

  /** A TLS alert, read as an AMQP frame, has an impossible size. */
  private static boolean isWithoutAmqp(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof MalformedFrameException) {
        return true;
      }
    }
    return false;
  }

  /** The reason that RabbitMQ itself gave, if it gave one. */
  private static @Nullable Answer answer(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ShutdownSignalException signal) {
        Method reason = signal.getReason();
        if (reason instanceof AMQP.Connection.Close close) {
          return new Answer(close.getReplyCode(), close.getReplyText());
        }
        if (reason instanceof AMQP.Channel.Close close) {
          return new Answer(close.getReplyCode(), close.getReplyText());
        }
      }
    }
    return null;
  }

  private record Answer(int code, String text) {}
}
