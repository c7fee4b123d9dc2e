package io.carillon.membership;

import io.carillon.broker.Peers;
import io.carillon.message.Incarnation;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The nodes that live, for threads other than the cluster's loop. A node is late when it is silent
 * for one and a half intervals, which any thread finds out at any moment: the next tick may be most
 * of an interval away.
 *
 * <p>The cluster's loop writes, any thread reads.
 */
final class LivePeers implements Peers {

  private final LongSupplier nanoClock;
  private final long lateNanos;
  private final Map<Incarnation, Long> heardNanos = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> known = new CompletableFuture<>();

  /** Whether the silence of others counted at the last tick. Written by the loop. */
  private volatile boolean counts;

  /** When the last tick was. Written by the loop, before {@link #counts}. */
  private volatile long tickNanos;

  /**
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  LivePeers(MembershipConfig config, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.lateNanos = config.interval().toNanos() * 3 / 2;
    this.tickNanos = nanoClock.getAsLong();
  }

  /** The silence of a node counts from now on. */
  void heard(Incarnation node, long nowNanos) {
    heardNanos.put(node, nowNanos);
  }

  void gone(Incarnation node) {
    heardNanos.remove(node);
  }

  /**
   * A tick has come.
   *
   * @param silenceCounts false while the silence of others may be this node's own
   */
  void onTick(long nowNanos, boolean silenceCounts) {
    tickNanos = nowNanos;
    counts = silenceCounts;
  }

  /** This node knows all others. */
  void complete() {
    known.complete(null);
  }

  @Override
  public CompletionStage<Void> known() {
    return known.minimalCompletionStage();
  }

  @Override
  public Set<Incarnation> live() {
    return Set.copyOf(heardNanos.keySet());
  }

  /** A tick that is overdue means that this process stood still, and its ears with it. */
  @Override
  public boolean isLate(Incarnation node) {
    Long heard = heardNanos.get(node);
    long now = nanoClock.getAsLong();
    return heard != null && counts && now - tickNanos <= lateNanos && now - heard > lateNanos;
  }

  /** For the loop. */
  boolean isLate(long heard, long nowNanos) {
    return nowNanos - heard > lateNanos;
  }
}
