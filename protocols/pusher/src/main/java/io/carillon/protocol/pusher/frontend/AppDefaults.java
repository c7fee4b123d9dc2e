package io.carillon.protocol.pusher.frontend;

import io.carillon.app.AppLimits;
import io.carillon.config.Formats;
import io.carillon.config.Setting;
import java.time.Duration;
import java.util.List;

/**
 * The limits of every app that doesn't set its own, with the names of other servers of the Pusher
 * protocol; {@code app_limits} is for limits that those servers don't have.
 */
final class AppDefaults {

  private static final AppLimits LIMITS = AppLimits.DEFAULTS;
  private static final int ANY = Integer.MAX_VALUE;

  static final Setting<Integer> MAX_CONNECTIONS =
      Setting.of("app_limits.max_connections", AppFormats.bound())
          .defaultsTo(LIMITS.maxConnections())
          .says("The most clients of one app, on all nodes together.");

  static final Setting<Integer> MAX_BACKEND_EVENTS =
      Setting.of("app_limits.max_backend_events_per_second", AppFormats.bound())
          .defaultsTo(LIMITS.maxBackendEventsPerSecond())
          .says(
              "The most events that an app's backends publish",
              "through one node. A batch counts each of its events.");

  static final Setting<Integer> MAX_CLIENT_EVENTS =
      Setting.of("app_limits.max_client_events_per_second", AppFormats.bound())
          .defaultsTo(LIMITS.maxClientEventsPerSecond())
          .says("The most events that one client publishes.");

  static final Setting<Integer> MAX_READ_REQUESTS =
      Setting.of("app_limits.max_read_requests_per_second", AppFormats.bound())
          .defaultsTo(LIMITS.maxReadRequestsPerSecond())
          .says("The most requests by which an app's backends read through one node.");

  static final Setting<Integer> MAX_WATCHLIST =
      Setting.of("app_limits.max_watchlist_size", Formats.wholeNumber(1, ANY))
          .defaultsTo(LIMITS.maxWatchlist())
          .says("The most users that one client watches.");

  static final Setting<Integer> MAX_PRESENCE_MEMBERS =
      Setting.of("presence.max_members_per_channel", Formats.wholeNumber(1, ANY))
          .defaultsTo(LIMITS.maxPresenceMembers())
          .says("The most members of one presence channel.");

  static final Setting<Integer> MAX_PRESENCE_MEMBER_SIZE =
      Setting.of("presence.max_member_size_in_kb", AppFormats.kilobytes())
          .defaultsTo(LIMITS.maxPresenceMemberBytes())
          .says("The longest user_info of a member, in KiB of JSON.");

  static final Setting<Integer> MAX_CHANNEL_NAME =
      Setting.of("channel_limits.max_name_length", Formats.wholeNumber(1, ANY))
          .defaultsTo(LIMITS.maxChannelNameLength())
          .says("The longest name of an app's channel, in characters.");

  static final Setting<Integer> MAX_EVENT_CHANNELS =
      Setting.of("event_limits.max_channels_at_once", Formats.wholeNumber(1, ANY))
          .defaultsTo(LIMITS.maxEventChannels())
          .says("The most channels to which one event is published.");

  static final Setting<Integer> MAX_EVENT_NAME =
      Setting.of("event_limits.max_name_length", Formats.wholeNumber(1, ANY))
          .defaultsTo(LIMITS.maxEventNameLength())
          .says("The longest name of an event, in characters.");

  static final Setting<Integer> MAX_EVENT_PAYLOAD =
      Setting.of("event_limits.max_payload_in_kb", AppFormats.kilobytes())
          .defaultsTo(LIMITS.maxEventPayloadBytes())
          .says("The longest data of an event, in KiB; at most half of limits.max_outbound.");

  static final Setting<Integer> MAX_EVENT_BATCH =
      Setting.of("event_limits.max_batch_size", Formats.wholeNumber(1, ANY))
          .defaultsTo(LIMITS.maxEventBatchSize())
          .says("The most events of one batch.");

  static final Setting<Duration> USER_AUTHENTICATION_TIMEOUT =
      Setting.of("pusher.user_authentication_timeout", Formats.duration(Duration.ofMillis(1)))
          .alias("user_authentication_timeout")
          .defaultsTo(LIMITS.userAuthenticationTimeout())
          .says(
              "How long a client may stay without signing in or joining",
              "a private channel, in apps that require one of the two.");

  /** In the order in which people read them. */
  static final List<Setting<?>> ALL =
      List.of(
          MAX_CONNECTIONS,
          MAX_BACKEND_EVENTS,
          MAX_CLIENT_EVENTS,
          MAX_READ_REQUESTS,
          MAX_WATCHLIST,
          MAX_PRESENCE_MEMBERS,
          MAX_PRESENCE_MEMBER_SIZE,
          MAX_CHANNEL_NAME,
          MAX_EVENT_CHANNELS,
          MAX_EVENT_NAME,
          MAX_EVENT_PAYLOAD,
          MAX_EVENT_BATCH);

  private AppDefaults() {}
}
