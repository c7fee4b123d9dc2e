package io.carillon.hub;

import java.time.Duration;

/**
 * The hub's limits.
 *
 * @param maxSubscriptions the most channels that one connection may be subscribed to
 * @param subscribeTimeout how long a subscribe waits for the bus before it is refused
 * @param unbindLinger how long a channel without subscribers stays routed here, so that a client
 *     that leaves and returns quickly causes no bind; may be zero
 * @param shardQueueBytes the most bytes of publications that wait for one event loop; beyond it
 *     publications are dropped for that loop, counted and reported as a gap
 * @param shardQueueWait how long the broker's thread waits for room in such a queue before it drops
 *     publications
 */
public record HubConfig(
    int maxSubscriptions,
    Duration subscribeTimeout,
    Duration unbindLinger,
    long shardQueueBytes,
    Duration shardQueueWait) {

  public static final HubConfig DEFAULTS =
      new HubConfig(
          1000, Duration.ofSeconds(5), Duration.ofSeconds(2), 16L << 20, Duration.ofSeconds(1));

  public HubConfig {
    if (maxSubscriptions < 1) {
      throw new IllegalArgumentException(
          "maxSubscriptions: " + maxSubscriptions + " (expected: > 0)");
    }
    if (!subscribeTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "subscribeTimeout: " + subscribeTimeout + " (expected: > 0)");
    }
    if (unbindLinger.isNegative()) {
      throw new IllegalArgumentException("unbindLinger: " + unbindLinger + " (expected: >= 0)");
    }
    if (shardQueueBytes < 1) {
      throw new IllegalArgumentException(
          "shardQueueBytes: " + shardQueueBytes + " (expected: > 0)");
    }
    if (shardQueueWait.isNegative()) {
      throw new IllegalArgumentException("shardQueueWait: " + shardQueueWait + " (expected: >= 0)");
    }
  }

  public HubConfig withUnbindLinger(Duration linger) {
    return new HubConfig(
        maxSubscriptions, subscribeTimeout, linger, shardQueueBytes, shardQueueWait);
  }
}
