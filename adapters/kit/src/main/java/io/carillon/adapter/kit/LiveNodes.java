package io.carillon.adapter.kit;

import io.carillon.broker.Peers;
import io.carillon.message.Incarnation;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The nodes that have to answer a {@link Barrier}: this one, those that are known to live, and
 * those that have asked a moment ago. Used with the barrier's lock held.
 */
final class LiveNodes {

  /** A node that has asked is taken for a live one for so long, even if it is not known. */
  static final Duration ASKER = Duration.ofSeconds(3);

  /** After so long such a node is late. */
  static final Duration ASKER_LATE = Duration.ofMillis(1_500);

  private final Incarnation self;
  private final Peers peers;
  private final Map<Incarnation, Long> askers = new HashMap<>();

  LiveNodes(Incarnation self, Peers peers) {
    this.self = self;
    this.peers = peers;
  }

  void asked(Incarnation node, long nowNanos) {
    forgetOldAskers(nowNanos);
    askers.put(node, nowNanos);
  }

  Set<Incarnation> all(long nowNanos) {
    forgetOldAskers(nowNanos);
    Set<Incarnation> nodes = new HashSet<>(peers.live());
    nodes.addAll(askers.keySet());
    nodes.add(self);
    return nodes;
  }

  private void forgetOldAskers(long nowNanos) {
    askers.values().removeIf(asked -> nowNanos - asked > ASKER.toNanos());
  }

  boolean isLate(Incarnation node, long nowNanos) {
    if (node.equals(self)) {
      return false;
    }
    if (peers.live().contains(node)) {
      return peers.isLate(node);
    }
    Long asked = askers.get(node);
    return asked == null || nowNanos - asked > ASKER_LATE.toNanos();
  }
}
