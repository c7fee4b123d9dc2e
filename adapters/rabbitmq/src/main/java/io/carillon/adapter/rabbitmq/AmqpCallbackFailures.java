package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import io.carillon.adapter.kit.CallbackFailures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distinguishes failures of this project's own code in callbacks of the AMQP client from failures
 * of the client itself, such as a broken connection, which the supervisor reports. One per {@link
 * Connections}; called by the client's threads.
 */
final class AmqpCallbackFailures extends ForgivingExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(AmqpCallbackFailures.class);

  private final CallbackFailures failures;

  AmqpCallbackFailures(CallbackFailures failures) {
    this.failures = failures;
  }

  @Override
  protected void handleChannelKiller(Channel channel, Throwable failure, String what) {
    failures.failed(what, failure);
  }

  @Override
  protected void handleConnectionKiller(Connection connection, Throwable failure, String what) {
    failures.failed(what, failure);
  }

  @Override
  protected void log(String message, Throwable failure) {
    log.debug("{}: {}", message, Failures.reason(failure));
  }
}
