package io.carillon.adapter.redis;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The answers to a request to subscribe to several names, or to unsubscribe: Redis answers each
 * name by itself. Any thread may call it.
 */
final class Confirmation {

  private final Set<String> missing = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  Confirmation(Collection<String> names) {
    missing.addAll(names);
  }

  /** Redis has answered for a name. */
  void answered(String name) {
    if (missing.remove(name) && missing.isEmpty()) {
      done.complete(null);
    }
  }

  /** Redis has refused a command. */
  void failed(Throwable failure) {
    done.completeExceptionally(failure);
  }

  /** Completes when Redis has answered for all names. */
  CompletableFuture<Void> done() {
    return done;
  }
}
