package io.carillon.membership;

import io.carillon.message.Incarnation;

/** Another node that lives, as this node knows it. Owned by the cluster's loop. */
final class Peer {

  private final Incarnation node;
  private Heartbeat last;
  private long heardNanos;

  Peer(Incarnation node, Heartbeat first, long nowNanos) {
    this.node = node;
    this.last = first;
    this.heardNanos = nowNanos;
  }

  Incarnation node() {
    return node;
  }

  Heartbeat last() {
    return last;
  }

  long heardNanos() {
    return heardNanos;
  }

  /** Takes a newer heartbeat; returns how many were missed before it. */
  long hear(Heartbeat heartbeat, long nowNanos) {
    long missed = heartbeat.number() - last.number() - 1;
    last = heartbeat;
    heardNanos = nowNanos;
    return missed;
  }

  /** Its silence counts from now on. */
  void forgiveSilence(long nowNanos) {
    heardNanos = nowNanos;
  }
}
