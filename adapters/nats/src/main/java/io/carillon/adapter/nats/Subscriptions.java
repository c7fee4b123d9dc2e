package io.carillon.adapter.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The subjects to which one connection is subscribed. Messages are taken where the client reads
 * them ({@link LineEvents#message}), and the client's own way to hand them on is closed: it has
 * room for one message, which nobody takes away, and leaves out all others.
 *
 * <p>The client gives each dispatcher a thread. This one's waits in the handler of the first
 * message until the link is lost, so that no message wakes it.
 *
 * <p>Used by the threads that bind and open.
 */
final class Subscriptions {

  private final Dispatcher dispatcher;

  private Subscriptions(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /**
   * @param lost the link's
   */
  static Subscriptions of(Connection connection, CompletableFuture<String> lost)
      throws IOException {
    try {
      Dispatcher dispatcher = connection.createDispatcher(message -> await(lost));
      dispatcher.setPendingLimits(1, 1);
      return new Subscriptions(dispatcher);
    } catch (IllegalStateException e) {
      throw new IOException(e);
    }
  }

  private static void await(CompletableFuture<String> lost) {
    try {
      lost.get();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("it never fails", e);
    }
  }

  void add(String subject) throws IOException {
    try {
      dispatcher.subscribe(subject);
    } catch (IllegalStateException e) {
      throw new IOException(e);
    }
  }

  void remove(String subject) throws IOException {
    try {
      dispatcher.unsubscribe(subject);
    } catch (IllegalStateException e) {
      throw new IOException(e);
    }
  }
}
