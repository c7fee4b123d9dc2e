package io.carillon.protocol.pusher.frontend;

import io.carillon.app.Webhook;
import io.carillon.config.Format;
import io.carillon.config.Formats;
import io.carillon.config.NamedTexts;
import io.carillon.config.Setting;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The keys of an app's webhook. */
final class WebhookKeys {

  static final Setting<URI> URL =
      key("url", AppFormats.address())
          .required()
          .secret()
          .says("The address of the receiver; each event is sent to it by POST.");

  static final Setting<List<Webhook.Event>> EVENTS =
      key("event_types", AppFormats.events())
          .alias("eventTypes")
          .required()
          .says("The events that are sent.");

  static final Setting<String> PREFIX =
      key("filter.channel_prefix", Formats.text("how names begin"))
          .alias("filter.channel_name_starts_with")
          .says("Only events of channels whose names begin with this text are sent.");

  static final Setting<String> SUFFIX =
      key("filter.channel_suffix", Formats.text("how names end"))
          .alias("filter.channel_name_ends_with")
          .says("Only events of channels whose names end with this text are sent.");

  static final Setting<Map<String, String>> HEADERS =
      key("headers", new NamedTexts()).secret().says("Further headers of the requests, by name.");

  static final List<Setting<?>> ALL = List.of(URL, EVENTS, PREFIX, SUFFIX, HEADERS);

  private WebhookKeys() {}

  private static <T> Setting.Builder<T> key(String key, Format<T> format) {
    return Setting.inGroup(key, format, "");
  }
}
