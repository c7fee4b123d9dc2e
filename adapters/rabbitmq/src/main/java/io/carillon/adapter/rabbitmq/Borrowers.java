package io.carillon.adapter.rabbitmq;

import java.util.concurrent.CompletableFuture;

/**
 * Those who work with a {@link Link} while it lasts.
 *
 * @param publications publishes publications
 * @param control publishes control messages
 * @param binder binds and unbinds
 */
record Borrowers(Publisher publications, Publisher control, Binder binder) {

  /** Binds what is desired; completes with the number of keys. */
  CompletableFuture<Integer> restore(Link link) {
    return binder.restore(link);
  }

  /** Lends the link to all. */
  void attach(Link link) {
    publications.attach(link.publishing(), link::lose);
    control.attach(link.controlPublishing(), link::lose);
    link.onBlocked(
        reason -> {
          publications.block(reason);
          control.block(reason);
        },
        () -> {
          publications.unblock();
          control.unblock();
        });
    binder.open();
  }

  /** Takes the link back: what is under way is answered. */
  void detach(String reason) {
    binder.detach();
    publications.detach(reason);
    control.detach(reason);
  }
}
