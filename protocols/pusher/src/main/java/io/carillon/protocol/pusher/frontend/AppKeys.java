package io.carillon.protocol.pusher.frontend;

import io.carillon.config.Configuration;
import io.carillon.config.Format;
import io.carillon.config.Formats;
import io.carillon.config.GroupsFormat;
import io.carillon.config.SecretFormats;
import io.carillon.config.Setting;
import io.carillon.part.AppNameFormat;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The keys of an app, in a list of apps, and as variables for the default app. The names are those
 * of other servers of the Pusher protocol: flat, below {@code policy}, or in camel case.
 */
final class AppKeys {

  private static final Pattern SECOND_WORDS = Pattern.compile("_([a-z])");
  private static final String LIMITS = "policy.limits.";
  private static final String FEATURES = "policy.features.";
  private static final String OURS = "CARILLON_DEFAULT_APP_";
  private static final String SOCKUDO = "SOCKUDO_DEFAULT_APP_";
  private static final String SOKETI = "SOKETI_DEFAULT_APP_";
  private static final String REVERB = "REVERB_APP_";

  /** Sockudo's old name; every other name wins over it. */
  static final String SOCKUDO_CLIENT_MESSAGES = "SOCKUDO_ENABLE_CLIENT_MESSAGES";

  private static final String LARAVEL = "PUSHER_APP_";

  static final Setting<String> ID =
      credential("id", AppNameFormat.make()).says("The name by which backends know the app.");

  static final Setting<String> KEY =
      credential("key", AppNameFormat.make())
          .says("The name by which clients know the app. It is public.");

  static final Setting<String> SECRET =
      credential("secret", SecretFormats.secret(1))
          .secret()
          .says("Signs the requests of backends and the subscriptions of clients.");

  static final Setting<Boolean> ENABLED =
      Setting.inGroup("enabled", Formats.flag(), OURS)
          .variable(SOCKUDO + "ENABLED", SOKETI + "ENABLED")
          .defaultsTo(true)
          .says("Whether the app may be used. Every request to a disabled app is refused.");

  static final Setting<Boolean> CLIENT_MESSAGES =
      key("enable_client_messages", Formats.flag(), FEATURES)
          .variable(
              SOKETI + "ENABLE_CLIENT_MESSAGES",
              REVERB + "ACCEPT_CLIENT_EVENTS_FROM",
              SOCKUDO_CLIENT_MESSAGES)
          .defaultsTo(false)
          .says("Whether clients may publish events, to private and presence channels.");

  static final Setting<Boolean> USER_AUTHENTICATION =
      key("enable_user_authentication", Formats.flag(), FEATURES)
          .variable(SOKETI + "USER_AUTHENTICATION")
          .defaultsTo(false)
          .says("Whether clients have to sign in, or to join a private channel, in time.");

  static final Setting<Boolean> WATCHLIST =
      key("enable_watchlist_events", Formats.flag(), FEATURES)
          .defaultsTo(true)
          .says("Whether clients that sign in are told which users of their list are online.");

  static final Setting<Boolean> SUBSCRIPTION_COUNT =
      key("enable_subscription_count", Formats.flag(), FEATURES)
          .defaultsTo(false)
          .says("Whether subscribers are told the number of subscriptions of their channel.");

  static final Setting<Integer> MAX_CONNECTIONS =
      limit("max_connections", AppDefaults.MAX_CONNECTIONS)
          .variable(SOKETI + "MAX_CONNS", REVERB + "MAX_CONNECTIONS")
          .says("The most clients of the app, on all nodes together.");

  static final Setting<Integer> MAX_BACKEND_EVENTS =
      limit("max_backend_events_per_second", AppDefaults.MAX_BACKEND_EVENTS)
          .alias("max_backend_events_per_sec")
          .variable(SOKETI + "MAX_BACKEND_EVENTS_PER_SEC")
          .says("The most events that backends publish through one node.");

  static final Setting<Integer> MAX_CLIENT_EVENTS =
      limit("max_client_events_per_second", AppDefaults.MAX_CLIENT_EVENTS)
          .alias("max_client_events_per_sec")
          .variable(SOKETI + "MAX_CLIENT_EVENTS_PER_SEC")
          .says("The most events that one client publishes.");

  static final Setting<Integer> MAX_READ_REQUESTS =
      limit("max_read_requests_per_second", AppDefaults.MAX_READ_REQUESTS)
          .alias("max_read_req_per_sec")
          .variable(SOKETI + "MAX_READ_REQ_PER_SEC")
          .says("The most requests by which backends read through one node.");

  static final Setting<Integer> MAX_PRESENCE_MEMBERS =
      limit("max_presence_members_per_channel", AppDefaults.MAX_PRESENCE_MEMBERS)
          .says("The most members of one presence channel.");

  static final Setting<Integer> MAX_PRESENCE_MEMBER_SIZE =
      limit("max_presence_member_size_in_kb", AppDefaults.MAX_PRESENCE_MEMBER_SIZE)
          .says("The longest user_info of a member, in KiB of JSON.");

  static final Setting<Integer> MAX_CHANNEL_NAME =
      limit("max_channel_name_length", AppDefaults.MAX_CHANNEL_NAME)
          .says("The longest name of a channel, in characters.");

  static final Setting<Integer> MAX_EVENT_CHANNELS =
      limit("max_event_channels_at_once", AppDefaults.MAX_EVENT_CHANNELS)
          .says("The most channels to which one event is published.");

  static final Setting<Integer> MAX_EVENT_NAME =
      limit("max_event_name_length", AppDefaults.MAX_EVENT_NAME)
          .says("The longest name of an event, in characters.");

  static final Setting<Integer> MAX_EVENT_PAYLOAD =
      limit("max_event_payload_in_kb", AppDefaults.MAX_EVENT_PAYLOAD)
          .says("The longest data of an event, in KiB; at most half of limits.max_outbound.");

  static final Setting<Integer> MAX_EVENT_BATCH =
      limit("max_event_batch_size", AppDefaults.MAX_EVENT_BATCH)
          .says("The most events of one batch.");

  static final Setting<Integer> MAX_WATCHLIST =
      limit("max_watchlist_size", AppDefaults.MAX_WATCHLIST)
          .says("The most users that one client watches.");

  static final Setting<Duration> USER_AUTHENTICATION_TIMEOUT =
      limit("user_authentication_timeout", AppDefaults.USER_AUTHENTICATION_TIMEOUT)
          .says("How long a client may stay without signing in, if the app requires it.");

  static final Setting<List<String>> ORIGINS =
      key("allowed_origins", AppFormats.origins(), "policy.channels.")
          .defaultsTo("any", List::of)
          .guard()
          .says(
              "The web pages whose scripts may connect.",
              "Programs that are not browsers always may.");

  static final GroupsFormat WEBHOOK = new GroupsFormat("webhook", WebhookKeys.ALL);

  static final Setting<List<Configuration>> WEBHOOKS =
      key("webhooks", WEBHOOK, "policy.")
          .variable(SOKETI + "WEBHOOKS")
          .defaultsTo("none", List::of)
          .secret()
          .says("The receivers of the events of the app's channels.");

  static final List<Setting<?>> ALL =
      List.of(
          ID,
          KEY,
          SECRET,
          ENABLED,
          CLIENT_MESSAGES,
          USER_AUTHENTICATION,
          WATCHLIST,
          SUBSCRIPTION_COUNT,
          ORIGINS,
          MAX_CONNECTIONS,
          MAX_BACKEND_EVENTS,
          MAX_CLIENT_EVENTS,
          MAX_READ_REQUESTS,
          MAX_PRESENCE_MEMBERS,
          MAX_PRESENCE_MEMBER_SIZE,
          MAX_CHANNEL_NAME,
          MAX_EVENT_CHANNELS,
          MAX_EVENT_NAME,
          MAX_EVENT_PAYLOAD,
          MAX_EVENT_BATCH,
          MAX_WATCHLIST,
          USER_AUTHENTICATION_TIMEOUT,
          WEBHOOKS);

  private AppKeys() {}

  private static Setting.Builder<String> credential(String key, Format<String> format) {
    String name = key.toUpperCase(Locale.ROOT);
    return Setting.inGroup(key, format, OURS)
        .required()
        .variable(SOCKUDO + name, SOKETI + name, REVERB + name, LARAVEL + name);
  }

  private static <T> Setting.Builder<T> limit(String key, Setting<T> byDefault) {
    return key(key, byDefault.format(), LIMITS).defaultsAs(byDefault);
  }

  private static <T> Setting.Builder<T> key(String key, Format<T> format, String section) {
    Setting.Builder<T> builder =
        Setting.inGroup(key, format, OURS)
            .alias(section + key)
            .variable(SOCKUDO + key.toUpperCase(Locale.ROOT));
    return key.contains("_") ? builder.alias(camelCase(key)) : builder;
  }

  private static String camelCase(String key) {
    return SECOND_WORDS.matcher(key).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
  }
}
