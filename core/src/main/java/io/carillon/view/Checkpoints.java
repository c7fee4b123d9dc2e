package io.carillon.view;

import java.util.concurrent.CompletionStage;

/**
 * What the outside of the cluster was told, by which node. Each channel has one node that tells.
 * Any thread; no method blocks.
 */
public interface Checkpoints {

  /** Registers the listener. Called once, before the cluster starts. */
  void listen(CheckpointListener only);

  /**
   * Whether this node may tell the outside about the channels that are placed on it. It may not
   * while the others may have taken its channels over, because they can't hear it: when the bus is
   * away, or when the process was stopped. After such a time the listener hears a placement with
   * another lease, and what the others have told meanwhile is known.
   *
   * @param placement the last one that the caller has heard
   */
  boolean mayTell(Placement placement);

  /**
   * Keeps what was told, so that another node can go on from there.
   *
   * @return completes when the bus has the change; it waits while the bus is away
   */
  CompletionStage<Void> keep(CheckpointChange change);
}
