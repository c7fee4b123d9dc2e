package io.carillon.membership;

import io.carillon.message.Incarnation;
import java.time.Duration;

/** Another node that lives, as this node knows it. Owned by the cluster's loop. */
final class Peer {

  private final Incarnation node;
  private Heartbeat last;
  private long heardNanos;
  private long spokeNanos;

  Peer(Incarnation node, Heartbeat first, long nowNanos) {
    this.node = node;
    this.last = first;
    this.heardNanos = nowNanos;
    this.spokeNanos = nowNanos;
  }

  Incarnation node() {
    return node;
  }

  Heartbeat last() {
    return last;
  }

  /** From when its silence counts. */
  long heardNanos() {
    return heardNanos;
  }

  /** When its last heartbeat has come. */
  long spokeNanos() {
    return spokeNanos;
  }

  /** The node as it was last heard. */
  Sighting seen(long nowNanos) {
    Duration silence = Duration.ofNanos(nowNanos - spokeNanos);
    return new Sighting(node, last.label(), last.version(), last.phase(), silence);
  }

  /** Takes a newer heartbeat; returns how many were missed before it. */
  long hear(Heartbeat heartbeat, long nowNanos) {
    long missed = heartbeat.number() - last.number() - 1;
    last = heartbeat;
    heardNanos = nowNanos;
    spokeNanos = nowNanos;
    return missed;
  }

  /** Its silence counts from now on. */
  void forgiveSilence(long nowNanos) {
    heardNanos = nowNanos;
  }
}
