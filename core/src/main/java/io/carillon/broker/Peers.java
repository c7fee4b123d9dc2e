package io.carillon.broker;

import io.carillon.message.Incarnation;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The other nodes of the cluster, for a broker that has to ask each of them something. Membership
 * implements it and hands it to the broker, so that a broker knows nothing of membership. Any
 * thread may call; no method blocks.
 */
public interface Peers {

  /** No node beside this one. */
  Peers NONE =
      new Peers() {
        @Override
        public CompletionStage<Void> known() {
          return CompletableFuture.completedStage(null);
        }

        @Override
        public Set<Incarnation> live() {
          return Set.of();
        }

        @Override
        public boolean isLate(Incarnation node) {
          return false;
        }
      };

  /**
   * Completes when this node knows all nodes that live, for the first time; at once if it does. Its
   * dependents may run on the thread that learns it, and must not block.
   */
  CompletionStage<Void> known();

  /** The other nodes that live, as far as they are known. A copy. */
  Set<Incarnation> live();

  /**
   * Whether a live node should have been heard by now. Such a node may be gone, and a broker does
   * not wait for it. False for every node while the silence may be this node's own.
   */
  boolean isLate(Incarnation node);
}
