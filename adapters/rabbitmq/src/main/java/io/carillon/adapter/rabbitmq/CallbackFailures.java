package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what our own code throws when the AMQP client calls it. The client would go on as if
 * nothing had happened, with a message that nobody has seen and state that is half changed. So the
 * first of it is said once and costs the {@link Link}: a new one begins clean, and what was missed
 * is reported. One per {@link Connections}; called by the client's threads.
 *
 * <p>What the client itself met, such as a connection that broke, is the {@link Supervisor}'s to
 * say.
 */
final class CallbackFailures extends ForgivingExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(CallbackFailures.class);

  private final CompletableFuture<String> first = new CompletableFuture<>();

  /** Completes with what to say of the first failure. */
  CompletableFuture<String> first() {
    return first;
  }

  @Override
  protected void handleChannelKiller(Channel channel, Throwable failure, String what) {
    failed(what, failure);
  }

  @Override
  protected void handleConnectionKiller(Connection connection, Throwable failure, String what) {
    failed(what, failure);
  }

  @Override
  protected void log(String message, Throwable failure) {
    log.debug("{}: {}", message, Failures.reason(failure));
  }

  private void failed(String what, Throwable bug) {
    if (first.complete(Failures.unexpected(bug))) {
      log.error("A callback of the AMQP client failed, so the connection is made anew", bug);
    } else {
      log.debug("{} failed as well", what, bug);
    }
  }
}
