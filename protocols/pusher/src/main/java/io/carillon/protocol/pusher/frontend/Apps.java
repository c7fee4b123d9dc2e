package io.carillon.protocol.pusher.frontend;

import io.carillon.app.App;
import io.carillon.app.AppFeatures;
import io.carillon.app.AppFeatures.Feature;
import io.carillon.app.AppLimits;
import io.carillon.app.Webhook;
import io.carillon.auth.AllowedOrigins;
import io.carillon.config.Configuration;
import io.carillon.config.Setting;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes apps from their configurations. */
final class Apps {

  private static final Map<Feature, Setting<Boolean>> FEATURES =
      Map.of(
          Feature.CLIENT_EVENTS, AppKeys.CLIENT_MESSAGES,
          Feature.USER_AUTHENTICATION_REQUIRED, AppKeys.USER_AUTHENTICATION,
          Feature.WATCHLIST, AppKeys.WATCHLIST,
          Feature.SUBSCRIPTION_COUNT, AppKeys.SUBSCRIPTION_COUNT);

  private final Configuration node;

  private Apps(Configuration node) {
    this.node = node;
  }

  /** The apps of a configuration without problems. */
  static List<App> of(Configuration node) {
    Apps apps = new Apps(node);
    return node.get(PusherSettings.APPS).stream().map(apps::app).toList();
  }

  private App app(Configuration app) {
    return new App(
        app.get(AppKeys.ID),
        app.get(AppKeys.KEY),
        app.get(AppKeys.SECRET),
        app.get(AppKeys.ENABLED) ? App.State.ENABLED : App.State.DISABLED,
        limits(app),
        features(app),
        origins(app.get(AppKeys.ORIGINS)),
        app.get(AppKeys.WEBHOOKS).stream().map(Apps::webhook).toList());
  }

  private AppLimits limits(Configuration app) {
    return new AppLimits(
        value(app, AppKeys.MAX_CONNECTIONS),
        value(app, AppKeys.MAX_BACKEND_EVENTS),
        value(app, AppKeys.MAX_CLIENT_EVENTS),
        value(app, AppKeys.MAX_READ_REQUESTS),
        value(app, AppKeys.MAX_PRESENCE_MEMBERS),
        value(app, AppKeys.MAX_PRESENCE_MEMBER_SIZE),
        value(app, AppKeys.MAX_CHANNEL_NAME),
        value(app, AppKeys.MAX_EVENT_CHANNELS),
        value(app, AppKeys.MAX_EVENT_NAME),
        value(app, AppKeys.MAX_EVENT_PAYLOAD),
        value(app, AppKeys.MAX_EVENT_BATCH),
        value(app, AppKeys.MAX_WATCHLIST),
        value(app, AppKeys.USER_AUTHENTICATION_TIMEOUT));
  }

  /** The app's value, or else the node's value for all apps. */
  private <T> T value(Configuration app, Setting<T> key) {
    return app.find(key).orElseGet(() -> node.get(key.fallback().orElseThrow()));
  }

  private static AppFeatures features(Configuration app) {
    Set<Feature> enabled = EnumSet.noneOf(Feature.class);
    FEATURES.forEach(
        (feature, key) -> {
          if (app.get(key)) {
            enabled.add(feature);
          }
        });
    return new AppFeatures(enabled);
  }

  private static AllowedOrigins origins(List<String> origins) {
    return origins.isEmpty() || origins.contains("*")
        ? AllowedOrigins.ANY
        : new AllowedOrigins.Only(Set.copyOf(origins));
  }

  private static Webhook webhook(Configuration webhook) {
    return new Webhook(
        webhook.get(WebhookKeys.URL),
        Set.copyOf(webhook.get(WebhookKeys.EVENTS)),
        webhook.find(WebhookKeys.PREFIX).orElse(""),
        webhook.find(WebhookKeys.SUFFIX).orElse(""),
        webhook.find(WebhookKeys.HEADERS).orElse(Map.of()));
  }
}
