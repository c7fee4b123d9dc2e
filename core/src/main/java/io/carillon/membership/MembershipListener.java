package io.carillon.membership;

import io.carillon.message.Incarnation;
import java.util.Set;

/** Receives what happens to the other nodes. Called on the cluster's loop. */
public interface MembershipListener {

  /**
   * A heartbeat is about to be sent; answers what it says of this node's slice. What was changed
   * before is sent first.
   */
  Heartbeat.SliceMark onBeat();

  /** A node has come, or has come back after {@link #onGone}. */
  void onCame(Incarnation node);

  /** A heartbeat of a node that has come and is not gone. */
  void onHeartbeat(Incarnation node, Heartbeat heartbeat);

  /**
   * These nodes are late with a heartbeat; they may be gone soon, and may not. Called when they are
   * not the same as before.
   */
  void onDoubt(Set<Incarnation> late);

  /**
   * A node has left, or has been silent for too long.
   *
   * @param lastHeardNanos when the node was last heard, on this node's monotonic clock
   */
  void onGone(Incarnation node, long lastHeardNanos);
}
