package io.carillon.adapter.kit;

import io.carillon.broker.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A node's connections to its broker with all that it has there, from when a {@link Dialer} has
 * opened them until they are lost. Never repaired: when any part of it fails, the whole is lost,
 * and the {@link Supervisor}, which owns it, has a new one opened.
 */
public interface Link extends BindTarget {

  /** The outlet of this lane. The same object each time. */
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
   * Publications that the broker accepted before this time have arrived at this node. If the link
   * is lost, a gap begins at this time. Any thread.
   */
  Instant wholeAt();

  /**
   * The part of an outage whose publications this node has missed for good; empty if it has missed
   * none, because the broker keeps publications and this link has read those of the outage. Called
   * once, when every channel is routed here again.
   *
   * @param outage from {@link #wholeAt} of the lost link until now
   */
  default Optional<Gap> missed(Gap outage) {
    return Optional.of(outage);
  }

  /**
   * Completes when publications that leave by this link reach every live node that is subscribed to
   * their channel; until then none leaves. Done already when the channels are bound, except where
   * this node does not know the other nodes yet.
   */
  default CompletableFuture<Void> admitted() {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Reports when the broker stops accepting messages although the connection works, and when it
   * goes on; the first report comes during this call if the broker accepts nothing now. Brokers
   * that never do that never call. Called once, after the outlets are in use.
   *
   * @param blocked receives the reason, in one line
   */
  default void onBlocked(Consumer<String> blocked, Runnable unblocked) {}

  /**
   * Reports channels that the broker no longer routes here although nobody has unbound them, while
   * the rest of the link works. Brokers that never do that never call. Called once, when all
   * desired channels are bound; the link keeps what it loses before.
   *
   * @param lost receives them, on any thread
   */
  default void onUnrouted(Consumer<Unrouted> lost) {}

  /** Closes everything, waiting no longer than this. Called once, also when it is lost. */
  void close(Duration patience) throws InterruptedException;
}
