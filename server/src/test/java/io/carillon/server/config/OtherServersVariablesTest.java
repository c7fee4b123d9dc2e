package io.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.App;
import io.carillon.app.AppFeatures.Feature;
import io.carillon.app.AppLimits;
import io.carillon.auth.AllowedOrigins;
import io.carillon.config.Problem;
import io.carillon.config.Sources;
import io.carillon.protocol.pusher.frontend.PusherSettings;
import io.carillon.server.Parts;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables of other servers and of Laravel. */
class OtherServersVariablesTest {

  @Test
  void soketisVariablesAreReadAsJson() throws Exception {
    App app =
        defaultApp(
            "SOKETI_DEFAULT_APP_",
            Map.of(
                "ID", "\"a\"",
                "MAX_CONNS", "-1",
                "MAX_CLIENT_EVENTS_PER_SEC", "7",
                "MAX_BACKEND_EVENTS_PER_SEC", "8",
                "MAX_READ_REQ_PER_SEC", "9",
                "ENABLE_CLIENT_MESSAGES", "true",
                "USER_AUTHENTICATION", "true",
                "ENABLED", "false",
                "WEBHOOKS", "[{\"url\":\"http://h/\",\"event_types\":[\"member_added\"]}]"));

    assertThat(app.id()).isEqualTo("a");
    assertThat(app.isEnabled()).isFalse();
    assertThat(app.limits().maxConnections()).isEqualTo(AppLimits.UNLIMITED);
    assertThat(app.limits().maxClientEventsPerSecond()).isEqualTo(7);
    assertThat(app.limits().maxBackendEventsPerSecond()).isEqualTo(8);
    assertThat(app.limits().maxReadRequestsPerSecond()).isEqualTo(9);
    assertThat(app.features().has(Feature.CLIENT_EVENTS)).isTrue();
    assertThat(app.features().has(Feature.USER_AUTHENTICATION_REQUIRED)).isTrue();
    assertThat(app.webhooks()).hasSize(1);
  }

  @Test
  void sockudosVariablesArrive() throws Exception {
    App app =
        defaultApp(
            "SOCKUDO_DEFAULT_APP_",
            Map.of(
                "ID", "a",
                "MAX_CONNECTIONS", "6",
                "MAX_EVENT_PAYLOAD_IN_KB", "2",
                "ENABLE_CLIENT_MESSAGES", "true",
                "ENABLE_WATCHLIST_EVENTS", "false",
                "ALLOWED_ORIGINS", "https://a.example, https://b.example"));

    assertThat(app.limits().maxConnections()).isEqualTo(6);
    assertThat(app.limits().maxEventPayloadBytes()).isEqualTo(2 << 10);
    assertThat(app.features().enabled()).containsExactly(Feature.CLIENT_EVENTS);
    assertThat(app.origins())
        .isEqualTo(new AllowedOrigins.Only(Set.of("https://a.example", "https://b.example")));
  }

  @Test
  void reverbsVariablesArriveWithThoseOfItsListener() throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("REVERB_APP_ID", "a");
    environment.put("REVERB_APP_KEY", "k");
    environment.put("REVERB_APP_SECRET", "s");
    environment.put("REVERB_APP_MAX_CONNECTIONS", "5");
    environment.put("REVERB_APP_ACTIVITY_TIMEOUT", "30");
    environment.put("REVERB_APP_MAX_MESSAGE_SIZE", "10000");
    environment.put("REVERB_APP_ACCEPT_CLIENT_EVENTS_FROM", "members");
    environment.put("REVERB_APP_PING_INTERVAL", "60");
    environment.put("REVERB_SERVER_HOST", "0.0.0.0");
    environment.put("REVERB_SERVER_PORT", "8081");

    NodeConfiguration config = load(environment);

    App app = PusherSettings.config(config.values()).apps().getFirst();
    assertThat(app.limits().maxConnections()).isEqualTo(5);
    assertThat(app.features().has(Feature.CLIENT_EVENTS)).isTrue();
    assertThat(PusherSettings.config(config.values()).activityTimeout())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(config.server().transport().maxMessageBytes()).isEqualTo(10_000);
    assertThat(config.server().transport().host()).isEqualTo("0.0.0.0");
    assertThat(config.server().transport().port()).isEqualTo(8081);
    assertThat(config.values().warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "REVERB_APP_PING_INTERVAL: has no meaning here: limits.heartbeat says how often"
                + " clients are pinged");
  }

  @Test
  void soketisOtherVariablesAreWarnedOf() throws Exception {
    NodeConfiguration config =
        load(
            Map.of(
                "SOKETI_DB_REDIS_HOST", "redis",
                "SOKETI_METRICS_ENABLED", " ",
                "SOKETI_PORT", "tcp://10.0.0.7:6001",
                "SOKETI_PORT_6001_TCP_PROTO", "tcp",
                "SOKETI_SERVICE_HOST", "10.0.0.7"));

    assertThat(config.values().warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "SOKETI_DB_REDIS_HOST: is soketi's and isn't read here; docs/migrate-from-soketi.md"
                + " says which key of a file takes its place");
  }

  @ParameterizedTest
  @CsvSource({"true, '', true", "true, false, false", "false, true, true", "'', '', false"})
  void sockudosOldNameForClientEventsCountsWhereNoOtherIsGiven(
      String old, String other, boolean expected) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("SOCKUDO_DEFAULT_APP_ID", "a");
    environment.put("SOCKUDO_DEFAULT_APP_KEY", "k");
    environment.put("SOCKUDO_DEFAULT_APP_SECRET", "s");
    environment.put("SOCKUDO_ENABLE_CLIENT_MESSAGES", old);
    environment.put("SOCKUDO_DEFAULT_APP_ENABLE_CLIENT_MESSAGES", other);

    NodeConfiguration config = load(environment);

    assertThat(
            PusherSettings.config(config.values())
                .apps()
                .getFirst()
                .features()
                .has(Feature.CLIENT_EVENTS))
        .isEqualTo(expected);
    assertThat(config.values().warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REVERB_SCALING_ENABLED | true | nodes are connected by RabbitMQ: RABBITMQ_URL",
        "REVERB_MAX_REQUEST_SIZE | 10000 | event_limits.* bound what backends may send",
        "REVERB_APP_RATE_LIMIT_MAX_ATTEMPTS | 60 | max_client_events_per_second of an app bounds"
            + " clients",
        "REVERB_APP_RATE_LIMIT_TERMINATE | true | max_client_events_per_second of an app bounds"
            + " clients",
        "SSL_ENABLED | TRUE | CARILLON_TLS_CERTIFICATE and CARILLON_TLS_KEY turn TLS on",
        "ADAPTER_DRIVER | redis | nodes are connected by RabbitMQ: RABBITMQ_URL"
      })
  void variablesOfOthersThatAreNotReadSayWhatToDoInstead(String name, String value, String instead)
      throws Exception {
    assertThat(load(Map.of(name, value)).values().warnings())
        .extracting(Problem::toString)
        .containsExactly(name + ": has no meaning here: " + instead);
  }

  @ParameterizedTest
  @CsvSource({
    "REVERB_SCALING_ENABLED, false",
    "SSL_ENABLED, false",
    "SSL_ENABLED, 0",
    "ADAPTER_DRIVER, local",
    "ADAPTER_DRIVER, RabbitMQ",
    "CACHE_DRIVER, redis",
    "QUEUE_DRIVER, redis",
    "REVERB_HOST, chat.example.com"
  })
  void variablesThatChangeNothingOrAreOfOtherSoftwareAreNotWarnedOf(String name, String value)
      throws Exception {
    assertThat(load(Map.of(name, value)).values().warnings()).isEmpty();
  }

  private App defaultApp(String family, Map<String, String> variables) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put(family + "KEY", "k");
    environment.put(family + "SECRET", "s");
    variables.forEach((name, value) -> environment.put(family + name, value));
    return PusherSettings.config(load(environment).values()).apps().getFirst();
  }

  private static NodeConfiguration load(Map<String, String> environment) throws Exception {
    return NodeConfiguration.load(Parts.standard(), Sources.environment(environment));
  }
}
