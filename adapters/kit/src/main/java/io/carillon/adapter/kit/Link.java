package io.carillon.adapter.kit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A node's connections to its broker with all that it has there, from when a {@link Dialer} has
 * opened them until they are lost. Never repaired: when any part of it fails, the whole is lost,
 * and the {@link Supervisor}, which owns it, has a new one opened.
 */
public interface Link extends BindTarget {

  /** Where this lane writes. The same object each time. */
  Outlet outlet(Lane lane);

  /** Completes with the reason when this is lost. It may be lost on any thread. */
  CompletableFuture<String> lost();

  /** Whether this is lost. Any thread. */
  default boolean isLost() {
    return lost().isDone();
  }

  /** Gives this up; the first reason counts. Any thread. */
  @Override
  default void lose(String reason) {
    lost().complete(reason);
  }

  /**
   * Publications that the broker took before this time have come to this node. It is where a gap
   * begins when this is lost. Any thread.
   */
  Instant wholeAt();

  /**
   * Tells when the broker stops to take messages, though it is there, and when it goes on. Brokers
   * that don't do that never call.
   *
   * @param blocked hears why, in one line
   */
  default void onBlocked(Consumer<String> blocked, Runnable unblocked) {}

  /** Closes everything, waiting no longer than this. Called once, also when it is lost. */
  void close(Duration patience) throws InterruptedException;
}
