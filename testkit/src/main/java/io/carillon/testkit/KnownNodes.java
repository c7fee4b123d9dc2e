package io.carillon.testkit;

import io.carillon.broker.Peers;
import io.carillon.message.Incarnation;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The nodes of a test's cluster, all of whom know each other from the moment at which they are
 * added. Safe for use by many threads.
 */
public final class KnownNodes {

  private final Set<Incarnation> nodes = ConcurrentHashMap.newKeySet();
  private final Set<Incarnation> late = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> known = new CompletableFuture<>();

  private KnownNodes() {}

  /** A cluster without nodes. */
  public static KnownNodes none() {
    KnownNodes nodes = new KnownNodes();
    nodes.complete();
    return nodes;
  }

  /** A cluster of which no node knows yet whether it knows all nodes. */
  public static KnownNodes incomplete() {
    return new KnownNodes();
  }

  /** From now on all nodes know that they know all. */
  public void complete() {
    known.complete(null);
  }

  public KnownNodes add(Incarnation node) {
    nodes.add(node);
    return this;
  }

  public void remove(Incarnation node) {
    nodes.remove(node);
  }

  /** The node is silent from now on. */
  public void beLate(Incarnation node) {
    late.add(node);
  }

  /** The node is heard again. */
  public void beHeard(Incarnation node) {
    late.remove(node);
  }

  /** The others, as this node knows them. */
  public Peers besides(Incarnation self) {
    return new Peers() {
      @Override
      public CompletionStage<Void> known() {
        return known.minimalCompletionStage();
      }

      @Override
      public Set<Incarnation> live() {
        Set<Incarnation> others = new HashSet<>(nodes);
        others.remove(self);
        return others;
      }

      @Override
      public boolean isLate(Incarnation node) {
        return late.contains(node);
      }
    };
  }
}
