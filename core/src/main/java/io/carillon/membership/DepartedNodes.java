package io.carillon.membership;

import io.carillon.message.Incarnation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that are gone, as many as are worth remembering. A node that fell silent may come back.
 * A node that has left does not; its messages that come late change nothing. Owned by the cluster's
 * loop.
 */
final class DepartedNodes {

  /** The nodes that went first are forgotten beyond this number, of each kind. */
  private static final int MAX_NODES = 1_000;

  /** The last one last. */
  private final SequencedMap<Incarnation, Peer> silent = new LinkedHashMap<>();

  private final SequencedSet<Incarnation> left = new LinkedHashSet<>();

  void fellSilent(Peer peer) {
    silent.putLast(peer.node(), peer);
    if (silent.size() > MAX_NODES) {
      silent.pollFirstEntry();
    }
  }

  void hasLeft(Incarnation node) {
    silent.remove(node);
    left.addLast(node);
    if (left.size() > MAX_NODES) {
      left.removeFirst();
    }
  }

  boolean isLeft(Incarnation node) {
    return left.contains(node);
  }

  /** A node is heard; returns it as it was before it fell silent, null if it was not silent. */
  @Nullable Peer comeBack(Incarnation node) {
    return silent.remove(node);
  }

  /**
   * The nodes that fell silent, the last one first.
   *
   * @param within nodes that were last heard before this are left out
   */
  List<Sighting> silent(Duration within, long nowNanos) {
    return silent.sequencedValues().reversed().stream()
        .map(peer -> peer.seen(nowNanos))
        .filter(seen -> seen.silence().compareTo(within) <= 0)
        .toList();
  }
}
