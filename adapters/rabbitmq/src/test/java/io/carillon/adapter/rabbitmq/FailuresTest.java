package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FailuresTest {

  private static final RabbitMqConfig CONFIG =
      RabbitMqConfig.of(AmqpUri.parse("amqp://ann:s3cret@rabbit/prod"), "cluster", "node");

  @ParameterizedTest
  @MethodSource
  void tryingAgainHelps(Exception failure) {
    assertThat(Failures.configuration(failure, CONFIG)).isEmpty();
  }

  static Stream<Exception> tryingAgainHelps() {
    return Stream.of(
        new ConnectException("Connection refused"),
        new TimeoutException(),
        new SSLHandshakeException("Remote host terminated the handshake", new EOFException()),
        connectionClosed(AMQP.CONNECTION_FORCED, "CONNECTION_FORCED - broker forced connection"),
        connectionClosed(AMQP.NOT_ALLOWED, "NOT_ALLOWED - vhost 'prod' is down"),
        connectionClosed(
            AMQP.NOT_ALLOWED,
            "NOT_ALLOWED - access to vhost 'prod' refused for user 'ann': connection limit (9) is"
                + " reached"),
        connectionClosed(
            AMQP.NOT_ALLOWED,
            "NOT_ALLOWED - connection refused for user 'ann': user connection limit (9) is"
                + " reached"));
  }

  @ParameterizedTest
  @MethodSource
  void tryingAgainIsHopeless(Exception failure) {
    assertThat(Failures.configuration(failure, CONFIG))
        .hasValueSatisfying(
            e -> assertThat(e.getMessage()).hasLineCount(1).doesNotContain("s3cret"));
  }

  static Stream<Exception> tryingAgainIsHopeless() {
    return Stream.of(
        new AuthenticationFailureException("ACCESS_REFUSED - Login was refused"),
        new SSLHandshakeException("no", new CertificateException("No name matching rabbit found")),
        connectionClosed(AMQP.NOT_ALLOWED, "NOT_ALLOWED - vhost prod not found"),
        connectionClosed(
            AMQP.NOT_ALLOWED, "NOT_ALLOWED - access to vhost 'prod' refused for user 'ann'"),
        connectionClosed(AMQP.NOT_ALLOWED, "NOT_ALLOWED - vhost limited not found"),
        channelClosed(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED - access to exchange refused"),
        channelClosed(AMQP.PRECONDITION_FAILED, "PRECONDITION_FAILED - inequivalent arg"));
  }

  @Test
  void theReasonIsWhatRabbitMqSaidOrElseTheInnermostCause() {
    assertThat(Failures.reason(channelClosed(AMQP.PRECONDITION_FAILED, "inequivalent arg")))
        .isEqualTo("406 inequivalent arg");
    assertThat(Failures.reason(new IOException("outer", new ConnectException("inner\nmore"))))
        .isEqualTo("inner");
    assertThat(Failures.reason(new TimeoutException())).isEqualTo("TimeoutException");
    assertThat(Failures.reason(new EOFException())).isEqualTo("the connection was cut");
  }

  private static IOException connectionClosed(int code, String text) {
    return caused(new AMQP.Connection.Close.Builder().replyCode(code).replyText(text).build());
  }

  private static IOException channelClosed(int code, String text) {
    return caused(new AMQP.Channel.Close.Builder().replyCode(code).replyText(text).build());
  }

  private static IOException caused(Method reason) {
    return new IOException(new ShutdownSignalException(true, false, reason, "reference"));
  }
}
