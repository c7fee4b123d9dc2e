package io.carillon.membership;

/**
 * The heartbeats of this node: how they are numbered, and which of them have come back through the
 * bus. Owned by the cluster's loop.
 */
final class OwnHeartbeats {

  private long number;

  /** The number of the last heartbeat that a tick has sent; its return shows that the bus works. */
  private long probe;

  private long probeSentNanos;
  private long carriedNanos;
  private long heard;
  private long heardNanos;
  private long firstHeardNanos;

  OwnHeartbeats(long nowNanos) {
    this.heardNanos = nowNanos;
    this.carriedNanos = nowNanos;
  }

  /** The number of the last heartbeat, from 1; 0 before the first one. */
  long number() {
    return number;
  }

  /** The number of the next heartbeat. */
  long next() {
    number++;
    return number;
  }

  /** A heartbeat that the bus has refused is not missing anywhere, so its number is used again. */
  void takeBack(long refused) {
    if (number == refused) {
      number--;
    }
  }

  /** A tick has sent its heartbeat, if the bus was there. */
  void onTick(long nowNanos) {
    if (number > probe) {
      probeSentNanos = nowNanos;
    }
    probe = number;
  }

  /** A heartbeat has come back. */
  void hear(long returned, long nowNanos) {
    if (heard == 0) {
      firstHeardNanos = nowNanos;
    }
    heard = Math.max(heard, returned);
    heardNanos = nowNanos;
    if (heard >= probe) {
      carriedNanos = probeSentNanos;
    }
  }

  /** Whether the heartbeat of the last tick has come back. */
  boolean isProbeBack() {
    return probe > 0 && heard >= probe;
  }

  /** Whether any heartbeat has come back, at any time. */
  boolean hasReturned() {
    return heard > 0;
  }

  /** When the first one came back. */
  long firstHeardNanos() {
    return firstHeardNanos;
  }

  /** When the last one came back; the start, if none did. */
  long heardNanos() {
    return heardNanos;
  }

  /** When the last one of which it is known that the bus has carried it was sent; or the start. */
  long carriedNanos() {
    return carriedNanos;
  }
}
