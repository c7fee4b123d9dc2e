package io.carillon.membership;

import java.time.Duration;

/**
 * How fast nodes notice each other, and what this node speaks with them.
 *
 * @param interval the time between two heartbeats of a node
 * @param timeout a node that has been silent for this long is dead
 * @param comeback when the bus was away, the others may take this long to come back to it; longer
 *     than the longest pause between two attempts to reconnect
 * @param version the version of the cluster's messages that this node writes, 1 to 255
 */
public record MembershipConfig(
    Duration interval, Duration timeout, Duration comeback, int version) {

  private static final int MAX_VERSION = 255;

  /** A heartbeat every second, dead after three, and ten to reconnect. */
  public static final MembershipConfig DEFAULTS =
      new MembershipConfig(
          Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(10), Heartbeat.VERSION);

  public MembershipConfig {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException("interval: " + interval + " (expected: more than 0)");
    }
    if (timeout.compareTo(interval.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "timeout: " + timeout + " (expected: at least two intervals)");
    }
    if (version < 1 || version > MAX_VERSION) {
      throw new IllegalArgumentException("version: " + version + " (expected: 1 to 255)");
    }
  }
}
