package io.carillon.server.transport;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The requests of one event loop that are held open. Each takes the place of a client, so that the
 * listener's bound holds for both together. Only the loop's own thread uses it.
 */
final class HeldRequests {

  private final ConnectionCounter clients;
  private final Set<PendingExchange> held = new LinkedHashSet<>();
  private boolean closing;

  /**
   * @param clients the listener's
   */
  HeldRequests(ConnectionCounter clients) {
    this.clients = clients;
  }

  /** Takes one in, unless there is no place for it. */
  boolean tryAdd(PendingExchange exchange) {
    return !closing && clients.tryAdd() && held.add(exchange);
  }

  /** Forgets a request that is answered, or whose client has gone; does nothing for others. */
  void remove(PendingExchange exchange) {
    if (held.remove(exchange)) {
      clients.remove();
    }
  }

  /** All that are to be closed; from now on none is taken in. */
  List<PendingExchange> close() {
    closing = true;
    return List.copyOf(held);
  }
}
