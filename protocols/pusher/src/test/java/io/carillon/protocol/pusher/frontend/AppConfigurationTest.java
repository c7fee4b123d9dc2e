package io.carillon.protocol.pusher.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.app.App;
import io.carillon.app.AppFeatures.Feature;
import io.carillon.app.AppLimits;
import io.carillon.app.Webhook;
import io.carillon.auth.AllowedOrigins;
import io.carillon.config.Configuration;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.protocol.pusher.PusherConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppConfigurationTest {

  @TempDir Path folder = Path.of(".");

  @Test
  void thereIsNoAppUnlessOneIsGiven() throws Exception {
    assertThat(PusherSettings.config(load("", Map.of()))).isEqualTo(PusherConfig.DEFAULTS);
  }

  @Test
  void anAppThatSaysNoMoreThanItMustHasTheDefaults() throws Exception {
    assertThat(apps("app_manager.array.apps: [{id: a, key: k, secret: s}]"))
        .containsExactly(App.of("a", "k", "s"));
  }

  @Test
  void everyKeyArrives() throws Exception {
    App app =
        apps("""
        app_manager:
          array:
            apps:
              - id: 7
                key: k
                secret: s
                enabled: false
                policy:
                  limits:
                    max_connections: 1
                    max_backend_events_per_second: 2
                    max_client_events_per_second: 3
                    max_read_requests_per_second: 4
                    max_presence_members_per_channel: 5
                    max_presence_member_size_in_kb: 6
                    max_channel_name_length: 7
                    max_event_channels_at_once: 8
                    max_event_name_length: 9
                    max_event_payload_in_kb: 0.5
                    max_event_batch_size: 11
                    max_watchlist_size: 12
                    user_authentication_timeout: 13s
                  features:
                    enable_client_messages: true
                    enable_user_authentication: true
                    enable_watchlist_events: false
                    enable_subscription_count: true
                  channels:
                    allowed_origins: ["https://a.example"]
                  webhooks:
                    - url: https://hook.example/path
                      event_types: [channel_occupied, cache_miss]
                      filter:
                        channel_prefix: a-
                        channel_suffix: -z
                      headers:
                        X-One: "1"
                        X.Two: "2"
        """)
            .getFirst();

    assertThat(app.id()).isEqualTo("7");
    assertThat(app.state()).isEqualTo(App.State.DISABLED);
    assertThat(app.limits())
        .isEqualTo(
            new AppLimits(1, 2, 3, 4, 5, 6 << 10, 7, 8, 9, 512, 11, 12, Duration.ofSeconds(13)));
    assertThat(app.features().enabled())
        .containsExactlyInAnyOrder(
            Feature.CLIENT_EVENTS,
            Feature.USER_AUTHENTICATION_REQUIRED,
            Feature.SUBSCRIPTION_COUNT);
    assertThat(app.origins()).isEqualTo(new AllowedOrigins.Only(Set.of("https://a.example")));
    assertThat(app.webhooks())
        .containsExactly(
            new Webhook(
                URI.create("https://hook.example/path"),
                Set.of(Webhook.Event.CHANNEL_OCCUPIED, Webhook.Event.CACHE_MISS),
                "a-",
                "-z",
                Map.of("X-One", "1", "X.Two", "2")));
  }

  @Test
  void keysMayBeFlatAndInCamelCase() throws Exception {
    String nested =
        "{id: a, key: k, secret: s, policy: {limits: {max_connections: 5}, features:"
            + " {enable_client_messages: true}}}";
    String flat = "{id: a, key: k, secret: s, max_connections: 5, enable_client_messages: true}";
    String camel = "{id: a, key: k, secret: s, maxConnections: 5, enableClientMessages: true}";

    assertThat(apps("app_manager.array.apps: [" + flat + "]"))
        .isEqualTo(apps("app_manager.array.apps: [" + nested + "]"))
        .isEqualTo(apps("app_manager.array.apps: [" + camel + "]"));
    assertThat(apps("app_manager.array.apps: [" + flat + "]").getFirst().limits().maxConnections())
        .isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "unlimited"})
  void whatTheOthersCallNoBoundIsNone(String bound) throws Exception {
    AppLimits limits =
        apps("""
        app_limits.max_connections: 3
        app_manager.array.apps:
          - {id: a, key: k, secret: s, max_connections: %s, max_client_events_per_second: %s}
        """
                .formatted(bound, bound))
            .getFirst()
            .limits();

    assertThat(limits.maxConnections()).isEqualTo(AppLimits.UNLIMITED);
    assertThat(limits.maxClientEventsPerSecond()).isEqualTo(AppLimits.UNLIMITED);
  }

  @Test
  void whatIsSaidForAllAppsAppliesToThoseThatDontSayOtherwise() throws Exception {
    List<App> apps =
        apps(
            """
            app_limits:
              max_connections: 1
              max_backend_events_per_second: 2
              max_client_events_per_second: 3
              max_read_requests_per_second: 4
              max_watchlist_size: 12
            presence: {max_members_per_channel: 5, max_member_size_in_kb: 6}
            channel_limits.max_name_length: 7
            event_limits:
              max_channels_at_once: 8
              max_name_length: 9
              max_payload_in_kb: 10
              max_batch_size: 11
            user_authentication_timeout: 13s
            app_manager.array.apps:
              - {id: a, key: k, secret: s}
              - {id: b, key: l, secret: s, max_event_batch_size: 99}
            """);

    AppLimits all =
        new AppLimits(1, 2, 3, 4, 5, 6 << 10, 7, 8, 9, 10 << 10, 11, 12, Duration.ofSeconds(13));
    assertThat(apps.getFirst().limits()).isEqualTo(all);
    assertThat(apps.getLast().limits().maxEventBatchSize()).isEqualTo(99);
    assertThat(apps.getLast().limits().maxEventNameLength()).isEqualTo(9);
  }

  @Test
  void whatWaitsForAClientHoldsTheLargestEventTwice() throws Exception {
    App app =
        new PusherKeys(folder, 4 << 20)
            .apps(
                "app_manager.array.apps: [{id: a, key: k, secret: s, max_event_payload_in_kb:"
                    + " 2048}]",
                Map.of())
            .getFirst();

    assertThat(app.limits().maxEventPayloadBytes()).isEqualTo(2 << 20);
    assertThat(new PusherKeys(folder, 4 << 10).apps("", Map.of())).isEmpty();
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(
            () ->
                new PusherKeys(folder, (4 << 20) - 1)
                    .apps(
                        "app_manager.array.apps:"
                            + " [{id: a, key: k, secret: s, max_event_payload_in_kb: 2048}]",
                        Map.of()))
        .withMessageContaining("max_event_payload_in_kb: 2048 (expected: at most 2047");
  }

  @Test
  void theRestOfTheProtocolArrives() throws Exception {
    PusherConfig pusher =
        PusherSettings.config(
            load(
                "{pusher.activity_timeout: 30s, cache.memory: {ttl: 5m, max_bytes: 1MiB}}",
                Map.of()));

    assertThat(pusher)
        .isEqualTo(
            new PusherConfig(
                List.of(),
                Duration.ofSeconds(30),
                new PusherConfig.Cache.Memory(Duration.ofMinutes(5), 1 << 20),
                null));
    assertThat(PusherSettings.config(load("cache.driver: none", Map.of())).cache())
        .isEqualTo(new PusherConfig.Cache.None());
    assertThat(PusherSettings.config(load("activity_timeout: 45", Map.of())).activityTimeout())
        .isEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void visitorsOfThePageMayTryAnAppOnlyWhereItIsNamed() throws Exception {
    String apps =
        "{app_manager.array.apps: [{id: a, key: k, secret: s}, {id: b, key: l, secret: s}]";

    assertThat(PusherSettings.config(load(apps + "}", Map.of())).pageApp()).isEmpty();
    assertThat(PusherSettings.config(load(apps + ", page.pusher_app: b}", Map.of())).pageApp())
        .hasValueSatisfying(app -> assertThat(app.key()).isEqualTo("l"));
  }

  @Test
  void appsMayComeAsJsonInAVariableOrAFileOfTheirOwn() throws Exception {
    String json = "[{\"id\":\"a\",\"key\":\"k\",\"secret\":\"s\"}]";
    Path file = Files.writeString(folder.resolve("apps.json"), json);

    assertThat(
            PusherSettings.config(load("", Map.of("CARILLON_APP_MANAGER_ARRAY_APPS", json))).apps())
        .containsExactly(App.of("a", "k", "s"));
    assertThat(apps("app_manager.array.apps_file: " + file)).containsExactly(App.of("a", "k", "s"));
  }

  @Test
  void anAppsSecretMayStandInAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "s\n");

    assertThat(apps("app_manager.array.apps: [{id: a, key: k, secret_file: " + file + "}]"))
        .extracting(App::secret)
        .containsExactly("s");
  }

  @Test
  void secretsOfAppsAreShownToNobody() throws Exception {
    Configuration config =
        load(
            """
            app_manager.array.apps:
              - id: a
                key: visible
                secret: canary
                webhooks:
                  - url: https://user:canary@hook_1.example:8443/canary?canary
                    event_types: [member_added]
                    headers: {X-Token: canary}
            """,
            Map.of("PUSHER_APP_ID", "b", "PUSHER_APP_KEY", "l", "PUSHER_APP_SECRET", "canary"));

    assertThat(PusherKeys.effectiveFile(config))
        .contains(
            "visible", "https://hook_1.example:8443/***", "X-Token", "max_connections: unlimited")
        .doesNotContain("canary");
    assertThat(PusherSettings.config(config).toString())
        .contains("apps=[a, b]")
        .doesNotContain("canary");
    assertThat(PusherSettings.config(config).apps().getFirst().webhooks().toString())
        .contains("hook_1.example")
        .doesNotContain("canary");
  }

  @Test
  void theEffectiveConfigurationSaysWhereEachKeyOfAnAppWasGiven() throws Exception {
    String effective =
        PusherKeys.effectiveFile(
            load(
                "app_manager.array.apps:\n  - id: a\n    key: k\n    secret: s\n",
                Map.of("CARILLON_EVENT_LIMITS_MAX_BATCH_SIZE", "3")));

    assertThat(effective)
        .containsPattern("- id: a +# .*carillon.yaml:2\n +key: k +# .*carillon.yaml:3\n")
        .containsPattern("max_event_batch_size: 3 +# event_limits.max_batch_size\n");
  }

  private List<App> apps(String file) throws Exception {
    return new PusherKeys(folder).apps(file, Map.of());
  }

  private Configuration load(String text, Map<String, String> environment) throws Exception {
    return new PusherKeys(folder).load(text, environment);
  }
}
