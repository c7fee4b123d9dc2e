package io.carillon.adapter.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.ReadListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to one connection, and its messages, on the client's threads. A connection
 * that is gone, and every error that the server reports, cost the link: a violation of permissions,
 * for example, means that messages are dropped although the connection lasts.
 */
final class LineEvents implements ConnectionListener, ErrorListener, ReadListener {

  private final CompletableFuture<String> lost;

  /** The first failure, which explains the rest. Written by the client's threads. */
  private volatile @Nullable Exception failure;

  /** The first error that the server reported; empty for none. Written by the client's threads. */
  private volatile String error = "";

  /** Why no connection can be made. Completed by the client's threads. */
  private final CompletableFuture<IOException> refusal = new CompletableFuture<>();

  /** Takes messages. Set before the first subscription. */
  private volatile Consumer<Message> messages = message -> {};

  /**
   * @param lost completed with the reason when the connection is of no use any more
   */
  LineEvents(CompletableFuture<String> lost) {
    this.lost = lost;
  }

  /** Why the connection failed; null if the client did not say so. */
  @Nullable Exception failure() {
    return failure;
  }

  /** The first error that the server has reported; empty for none. */
  String error() {
    return error;
  }

  /** Completes when the server has reported an error, or can't be read. */
  CompletableFuture<IOException> refusal() {
    return refusal;
  }

  /** Has messages taken, on the thread that reads them from the socket. */
  void hear(Consumer<Message> taker) {
    messages = taker;
  }

  @Override
  public void message(String operation, Message message) {
    messages.accept(message);
  }

  /** The socket can't be read. */
  void unreadable(IOException reason) {
    exceptionOccurred(reason);
    refusal.complete(reason);
  }

  @Override
  public void connectionEvent(Connection connection, Events event, Long time, String uri) {
    if (event == Events.DISCONNECTED || event == Events.CLOSED) {
      Exception first = failure;
      lost.complete(first == null ? "the connection was cut" : Failures.reason(first));
    }
  }

  /** The client calls the method above. */
  @Override
  @SuppressWarnings("deprecation")
  public void connectionEvent(Connection connection, Events event) {}

  @Override
  public void errorOccurred(Connection connection, String text) {
    if (error.isEmpty()) {
      error = text;
    }
    refusal.complete(Failures.refusal(text));
    lost.complete(text);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    exceptionOccurred(exception);
  }

  private void exceptionOccurred(Exception exception) {
    if (failure == null) {
      failure = exception;
    }
  }
}
