package io.carillon.membership;

import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;

/**
 * Whether this node hears itself and its peers through the bus, and since when it does not. What it
 * knows of the cluster is as old as that.
 *
 * <p>When the bus comes back, the peers may have changed meanwhile: the node hears them again once
 * every one of them has spoken or is gone.
 *
 * <p>Owned by the cluster's loop, except where a method says otherwise.
 */
final class Hearing {

  private final LongSupplier nanoClock;

  /** When everybody was last heard; written by the loop. */
  private volatile long heardAllNanos;

  /** Written by the loop, behind the moment. */
  private volatile boolean isDeaf = true;

  private boolean hasHeardAll;
  private boolean hearsItself;
  private long hearsItselfSince;

  /**
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  Hearing(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.heardAllNanos = nanoClock.getAsLong();
    this.hearsItselfSince = heardAllNanos;
  }

  /** This node's own heartbeats do not come back any more. */
  void lose() {
    hearsItself = false;
    isDeaf = true;
  }

  /** This node's own last heartbeat has come back. */
  void hearOwn(Collection<Peer> peers) {
    if (!hearsItself) {
      hearsItself = true;
      if (hasHeardAll) {
        hearsItselfSince = nanoClock.getAsLong();
      }
    }
    check(peers);
  }

  /** A peer has spoken or is gone. */
  void onPeer(Collection<Peer> peers) {
    if (isDeaf) {
      check(peers);
    }
  }

  private void check(Collection<Peer> peers) {
    if (hearsItself && peers.stream().allMatch(peer -> peer.spokeNanos() - hearsItselfSince >= 0)) {
      heardAllNanos = nanoClock.getAsLong();
      hasHeardAll = true;
      isDeaf = false;
    }
  }

  /**
   * For how long not everybody is heard; zero while everybody is. Any thread.
   *
   * @param isBusUp a bus that is away is noticed earlier than the silence
   */
  Duration deafness(boolean isBusUp) {
    return isBusUp && !isDeaf
        ? Duration.ZERO
        : Duration.ofNanos(nanoClock.getAsLong() - heardAllNanos);
  }
}
