package io.carillon.app;

import java.time.Duration;

/**
 * An app's limits. The defaults are Pusher's where Pusher publishes one (<a
 * href="https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/">protocol</a>,
 * <a href="https://pusher.com/docs/channels/library_auth_reference/rest-api/">HTTP API</a>).
 *
 * @param maxConnections the most clients of this app, on all nodes together
 * @param maxBackendEventsPerSecond the most events that backends publish through one node; a batch
 *     counts each of its events
 * @param maxClientEventsPerSecond the most events that one client publishes
 * @param maxReadRequestsPerSecond the most reading requests of backends through one node
 * @param maxPresenceMembers the most members of one presence channel
 * @param maxPresenceMemberBytes the longest {@code user_info} of a member, as JSON in UTF-8
 * @param maxChannelNameLength the longest name of a channel, in characters
 * @param maxEventChannels the most channels that one event is published to
 * @param maxEventNameLength the longest name of an event, in characters
 * @param maxEventPayloadBytes the longest data of an event, in UTF-8
 * @param maxEventBatchSize the most events of one batch
 * @param maxWatchlist the most users that one client watches
 * @param userAuthenticationTimeout how long a client may be connected without having proved who it
 *     is, if the app requires that
 */
public record AppLimits(
    int maxConnections,
    int maxBackendEventsPerSecond,
    int maxClientEventsPerSecond,
    int maxReadRequestsPerSecond,
    int maxPresenceMembers,
    int maxPresenceMemberBytes,
    int maxChannelNameLength,
    int maxEventChannels,
    int maxEventNameLength,
    int maxEventPayloadBytes,
    int maxEventBatchSize,
    int maxWatchlist,
    Duration userAuthenticationTimeout) {

  /** A limit that is as good as none. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  public static final AppLimits DEFAULTS =
      new AppLimits(
          UNLIMITED,
          UNLIMITED,
          10,
          UNLIMITED,
          100,
          1 << 10,
          164,
          100,
          200,
          10 << 10,
          10,
          100,
          Duration.ofSeconds(30));

  public AppLimits {
    requirePositive("maxConnections", maxConnections);
    requirePositive("maxBackendEventsPerSecond", maxBackendEventsPerSecond);
    requirePositive("maxClientEventsPerSecond", maxClientEventsPerSecond);
    requirePositive("maxReadRequestsPerSecond", maxReadRequestsPerSecond);
    requirePositive("maxPresenceMembers", maxPresenceMembers);
    requirePositive("maxPresenceMemberBytes", maxPresenceMemberBytes);
    requirePositive("maxChannelNameLength", maxChannelNameLength);
    requirePositive("maxEventChannels", maxEventChannels);
    requirePositive("maxEventNameLength", maxEventNameLength);
    requirePositive("maxEventPayloadBytes", maxEventPayloadBytes);
    requirePositive("maxEventBatchSize", maxEventBatchSize);
    requirePositive("maxWatchlist", maxWatchlist);
    if (!userAuthenticationTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "userAuthenticationTimeout: " + userAuthenticationTimeout + " (expected: > 0)");
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }
}
