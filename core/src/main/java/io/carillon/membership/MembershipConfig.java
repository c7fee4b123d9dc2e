package io.carillon.membership;

import java.time.Duration;

/**
 * How fast nodes notice each other.
 *
 * @param interval the time between two heartbeats of a node
 * @param timeout a node that has been silent for this long is dead
 */
public record MembershipConfig(Duration interval, Duration timeout) {

  /** A heartbeat every second, and dead after three. */
  public static final MembershipConfig DEFAULTS =
      new MembershipConfig(Duration.ofSeconds(1), Duration.ofSeconds(3));

  public MembershipConfig {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException("interval: " + interval + " (expected: more than 0)");
    }
    if (timeout.compareTo(interval.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "timeout: " + timeout + " (expected: at least two intervals)");
    }
  }
}
