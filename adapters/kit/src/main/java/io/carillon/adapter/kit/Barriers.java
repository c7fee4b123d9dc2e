package io.carillon.adapter.kit;

import io.carillon.broker.Peers;
import io.carillon.message.Incarnation;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes a broker's {@link Barrier}s, one for each link, and counts for all of them. Safe for use by
 * many threads.
 */
public final class Barriers {

  private final BarrierCounters counters = new BarrierCounters();

  /** Set before the broker starts, if at all. */
  private volatile @Nullable Peers peers;

  Barriers() {}

  void meet(Peers others) {
    peers = others;
  }

  /** The other nodes; empty for a broker that nobody has told of them. */
  public Optional<Peers> peers() {
    return Optional.ofNullable(peers);
  }

  /**
   * Makes the barrier of a link.
   *
   * @param environment the broker's
   * @param self this node
   * @param others from {@link #peers}
   * @param wire sends questions
   * @param report receives gaps
   * @param lost the link's
   */
  public Barrier open(
      Environment environment,
      Incarnation self,
      Peers others,
      BarrierWire wire,
      BarrierReport report,
      CompletableFuture<String> lost) {
    return new Barrier(
        environment, self, others, wire, report, counters, environment.timer(), lost);
  }

  /** The counters so far. Any thread. */
  public BarrierStats stats() {
    return counters.stats();
  }
}
