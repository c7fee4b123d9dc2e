package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's two connections to RabbitMQ. During a memory or disk alarm RabbitMQ stops reading from
 * connections that publish; acknowledgements and binds must not wait behind that.
 *
 * @param receiving consumes, acknowledges, binds
 * @param publishing publishes, nothing else
 * @param failed completes when this project's code failed while a connection called it
 */
record Connections(Connection receiving, Connection publishing, CompletableFuture<String> failed) {

  /** How long each may take if no caller waits. */
  private static final Duration ABANDON = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  /**
   * Closes both, within this time: a socket that accepts no bytes blocks the thread that writes to
   * it.
   */
  void close(Duration patience) throws InterruptedException {
    startClosing(patience).join(patience);
  }

  /** Closes both, and waits for nothing. */
  void abandon() {
    startClosing(ABANDON);
  }

  private Thread startClosing(Duration patience) {
    int millis = Math.toIntExact(patience.toMillis());
    return Thread.ofVirtual()
        .name("carillon-rabbitmq-close")
        .start(
            () -> {
              close(receiving, millis);
              close(publishing, millis);
            });
  }

  private static void close(Connection connection, int millis) {
    try {
      connection.close(millis);
    } catch (IOException | ShutdownSignalException e) {
      log.debug("A connection could not be closed in order: {}", Failures.reason(e));
    }
  }
}
