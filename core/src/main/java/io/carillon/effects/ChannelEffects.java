package io.carillon.effects;

import io.carillon.message.Channel;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What the outside was told of one channel, by this node and by others, and what is to be told.
 * Owned by the channel's home loop.
 */
final class ChannelEffects {

  final Channel channel;
  final Claims claims = new Claims();
  final PendingChanges pending = new PendingChanges();

  /** The changes that this node saw a moment ago. */
  final Queue<Remembered> recent = new ArrayDeque<>();

  /** The placement that was looked at last. */
  int generation = -1;

  /** The lease of that placement. */
  long lease = -1;

  /** Whether this node is the one to tell. */
  boolean isMine;

  /** Since when, if it is. */
  long mineSinceNanos;

  /** Whether the listener is asked, or the checkpoint is under way. */
  boolean isDelivering;

  /** Whether the pending changes have to be found anew, from the checkpoint. */
  boolean isStale;

  /** Whether the pending changes are found anew a little later. */
  boolean isLookedAtLater;

  /** Changes that were seen after this may not have been told by another node. */
  long staleSinceNanos;

  /** Whether another node tells something, or has begun to. */
  private boolean isBusy;

  private long busySinceNanos;

  ChannelEffects(Channel channel) {
    this.channel = channel;
  }

  /** Changes that were seen since then may have to be told; the earliest time counts. */
  void becomeStale(long sinceNanos) {
    staleSinceNanos = isStale && staleSinceNanos - sinceNanos < 0 ? staleSinceNanos : sinceNanos;
    isStale = true;
  }

  /** The checkpoint of another node has changed. */
  void noteDoubt(long nowNanos) {
    boolean isInDoubt = claims.isInDoubt();
    busySinceNanos = isInDoubt && !isBusy ? nowNanos : busySinceNanos;
    isBusy = isInDoubt;
  }

  /**
   * Since when another node may have failed to tell what it saw.
   *
   * @param heardNanos when that node was last heard
   */
  long untoldSince(long heardNanos) {
    return isBusy && busySinceNanos - heardNanos < 0 ? busySinceNanos : heardNanos;
  }

  /** Whether nothing is to be remembered. */
  boolean isUnused() {
    return claims.isEmpty()
        && recent.isEmpty()
        && pending.isEmpty()
        && !isDelivering
        && !isLookedAtLater
        && !(isMine && isStale);
  }
}
