package io.carillon.view;

import io.carillon.message.Incarnation;
import java.util.List;

/**
 * Receives the checkpoints of other nodes, and which node tells the outside of the cluster about
 * which channel. Called by one thread at a time, which is not a home loop; does not block.
 */
public interface CheckpointListener {

  /** A node's checkpoints have changed; the changes of one channel come in order. */
  void onCheckpoints(Incarnation node, List<CheckpointChange> changes);

  /** A node is gone. Its checkpoints stay valid until another node has gone on from them. */
  void onGone(Incarnation node);

  /**
   * From now on the channels are placed like this. It is also called when the placement is the same
   * as before, and this node may tell again after it was not allowed to.
   *
   * @param sinceNanos since when, on this node's monotonic clock, another node may have missed to
   *     tell what has changed
   */
  void onPlacement(Placement placement, long sinceNanos);
}
