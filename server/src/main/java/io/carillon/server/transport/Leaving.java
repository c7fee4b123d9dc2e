package io.carillon.server.transport;

import java.util.concurrent.CompletableFuture;

/** A client of an event loop that is asked to go when the node does. */
interface Leaving {

  /**
   * Ends it in its protocol's way. Called on the loop, once.
   *
   * @return completes when it has gone
   */
  CompletableFuture<Void> shutDown();
}
