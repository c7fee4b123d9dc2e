package io.carillon.protocol.pusher.frontend;

import io.carillon.config.Configuration;
import io.carillon.config.Formats;
import io.carillon.config.GroupsFormat;
import io.carillon.config.Setting;
import io.carillon.part.AppNameFormat;
import io.carillon.protocol.pusher.PusherConfig;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The keys of the Pusher protocol, except for the keys of an app. */
public final class PusherSettings {

  /** Where apps are kept. */
  enum AppDriver {
    /** In this configuration. */
    MEMORY
  }

  /** Where the last events of cache channels are kept. */
  enum CacheDriver {
    /** Nowhere: a cache channel never has an event for a new subscriber. */
    NONE,
    /** In this node: it knows the events that it published or received. */
    MEMORY
  }

  static final Setting<AppDriver> APP_DRIVER =
      Setting.of("app_manager.driver", Formats.oneOf(AppDriver.class))
          .defaultsTo(AppDriver.MEMORY)
          .says("Where apps are kept. memory: in this configuration.");

  static final GroupsFormat APP = new GroupsFormat("app", AppKeys.ALL);

  static final Setting<List<Configuration>> APPS =
      Setting.of("app_manager.array.apps", APP)
          .defaultsTo("none", List::of)
          .secret()
          .says(
              "The apps whose clients speak the Pusher protocol with this node. Every node of a",
              "cluster needs the same apps. A variable or a file holds them as one text, in YAML",
              "or JSON.");

  static final Setting<Duration> ACTIVITY_TIMEOUT =
      Setting.of("pusher.activity_timeout", Formats.seconds(1, PusherConfig.MAX_ACTIVITY_TIMEOUT))
          .alias("activity_timeout")
          .variable("ACTIVITY_TIMEOUT", "REVERB_APP_ACTIVITY_TIMEOUT")
          .defaultsTo(PusherConfig.DEFAULTS.activityTimeout())
          .says(
              "How long a client hears nothing before it asks whether the node",
              "still answers. Clients of the Pusher protocol are told this time.");

  static final Setting<CacheDriver> CACHE_DRIVER =
      Setting.of("cache.driver", Formats.oneOf(CacheDriver.class))
          .defaultsTo(CacheDriver.MEMORY)
          .says(
              "Where the last events of cache channels are kept. memory: each node",
              "keeps the events that it published or received. none: no event is kept.");

  static final Setting<Duration> CACHE_TTL =
      Setting.of("cache.memory.ttl", Formats.seconds(1, PusherConfig.MAX_CACHE_TTL))
          .defaultsTo(PusherConfig.Cache.Memory.DEFAULTS.ttl())
          .says("How long the last event of a cache channel is kept.");

  public static final Setting<Long> CACHE_BYTES =
      Setting.of("cache.memory.max_bytes", Formats.size(1 << 16, 1L << 40))
          .defaultsTo(PusherConfig.Cache.Memory.DEFAULTS.maxBytes())
          .says(
              "The most bytes of all these events together. Beyond",
              "this limit the least useful events are forgotten.");

  /** The app that visitors of the page may try; empty for none. */
  static final Setting<String> PAGE_APP =
      Setting.of("page.pusher_app", AppNameFormat.make())
          .says(
              "The id of the app for the page's Pusher tab. Every visitor of the page may join",
              "the app's channel presence-page-demo, under any name. Without it the page has no",
              "such tab.");

  /** In the order in which people read them. */
  static final List<Setting<?>> ALL =
      Stream.of(
              List.of(APP_DRIVER, APPS, ACTIVITY_TIMEOUT),
              List.of(AppDefaults.USER_AUTHENTICATION_TIMEOUT),
              AppDefaults.ALL,
              List.of(CACHE_DRIVER, CACHE_TTL, CACHE_BYTES, PAGE_APP))
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private PusherSettings() {}

  /** How a node speaks the protocol. */
  public static PusherConfig config(Configuration values) {
    return new PusherConfig(
        Apps.of(values),
        values.get(ACTIVITY_TIMEOUT),
        switch (values.get(CACHE_DRIVER)) {
          case NONE -> new PusherConfig.Cache.None();
          case MEMORY ->
              new PusherConfig.Cache.Memory(values.get(CACHE_TTL), values.get(CACHE_BYTES));
        },
        values.find(PAGE_APP).orElse(null));
  }
}
