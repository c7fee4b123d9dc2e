package io.carillon.membership;

/**
 * Decides at each tick whether the silence of other nodes counts. It counts while this node hears
 * itself through the bus and its ticks run on time; otherwise the silence may be this node's own.
 *
 * <p>After an outage of the bus silence does not count for as long as reconnecting may take,
 * because nodes come back to the bus one after the other. Owned by the cluster's loop.
 */
final class Suspicion {

  /** The meaning of silence at one tick. */
  enum Verdict {
    /** Silence may be this node's own. */
    SUSPENDED,
    /** From now on the silence of a peer is the peer's; what has passed counts for nothing. */
    RESUMED,
    /** The others may not be back on the bus yet. */
    PATIENT,
    /** A peer that was silent for the timeout is gone. */
    COUNTS
  }

  private final MembershipConfig config;
  private long lastTick;
  private boolean isSuspended = true;

  /** Whether the bus was lost since suspicion was suspended. */
  private boolean wasBusLost;

  /** Silence does not count before this time. */
  private long countsFrom;

  Suspicion(MembershipConfig config) {
    this.config = config;
  }

  /** The first tick comes an interval after this. */
  void start(long nowNanos) {
    lastTick = nowNanos;
  }

  /**
   * A tick has come.
   *
   * @param hearsItself whether the heartbeat of the last tick has come back
   * @param isBusLost whether a bus that worked is away
   */
  Verdict onTick(long nowNanos, boolean hearsItself, boolean isBusLost) {
    long interval = config.interval().toNanos();
    boolean isLate = nowNanos - lastTick - interval > interval / 2;
    lastTick = nowNanos;
    wasBusLost |= isBusLost;
    if (!hearsItself || isLate) {
      isSuspended = true;
      return Verdict.SUSPENDED;
    }
    if (isSuspended) {
      isSuspended = false;
      countsFrom = nowNanos + (wasBusLost ? config.comeback().toNanos() : 0);
      wasBusLost = false;
      return Verdict.RESUMED;
    }
    return nowNanos - countsFrom >= 0 ? Verdict.COUNTS : Verdict.PATIENT;
  }
}
