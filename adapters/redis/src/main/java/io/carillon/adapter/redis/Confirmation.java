package io.carillon.adapter.redis;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The answers to one SUBSCRIBE or UNSUBSCRIBE of several names: Redis answers each name by itself.
 * The connection's thread calls it, once it is in place.
 */
final class Confirmation {

  private final Set<String> missing;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  Confirmation(Collection<String> names) {
    missing = new HashSet<>(names);
  }

  /** Redis has answered for a name. */
  void answered(String name) {
    if (missing.remove(name) && missing.isEmpty()) {
      done.complete(null);
    }
  }

  /** Completes when Redis has answered for all names. */
  CompletableFuture<Void> done() {
    return done;
  }
}
