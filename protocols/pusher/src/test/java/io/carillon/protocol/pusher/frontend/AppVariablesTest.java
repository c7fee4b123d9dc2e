package io.carillon.protocol.pusher.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.App;
import io.carillon.app.AppFeatures.Feature;
import io.carillon.app.AppLimits;
import io.carillon.auth.AllowedOrigins;
import io.carillon.config.Configuration;
import io.carillon.config.Problem;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables of other servers of the Pusher protocol. */
class AppVariablesTest {

  @TempDir Path folder = Path.of(".");

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
  void soketisOtherVariablesAreWarnedOf() throws Exception {
    Configuration config =
        load(
            Map.of(
                "SOKETI_DB_REDIS_HOST", "redis",
                "SOKETI_METRICS_ENABLED", " ",
                "SOKETI_PORT", "tcp://10.0.0.7:6001",
                "SOKETI_PORT_6001_TCP_PROTO", "tcp",
                "SOKETI_SERVICE_HOST", "10.0.0.7"));

    assertThat(config.warnings())
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

    Configuration config = load(environment);

    assertThat(
            PusherSettings.config(config).apps().getFirst().features().has(Feature.CLIENT_EVENTS))
        .isEqualTo(expected);
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void theVariablesOfSoketisOldImagesAreNamedInOneLine() throws Exception {
    assertThat(
            warnings(
                Map.of(
                    "DEFAULT_APP_ID", "a", "DEFAULT_APP_KEY", "k", "DEFAULT_APP_SECRET", "canary")))
        .containsExactly(
            "DEFAULT_APP_ID, DEFAULT_APP_KEY, DEFAULT_APP_SECRET: not read, as by soketi since 1.0"
                + " (expected: SOKETI_DEFAULT_APP_ID, SOKETI_DEFAULT_APP_KEY,"
                + " SOKETI_DEFAULT_APP_SECRET)");
    assertThat(warnings(Map.of("DEFAULT_APP_ID", ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REVERB_APP_PING_INTERVAL | 60 | limits.heartbeat says how often clients are pinged",
        "REVERB_MAX_REQUEST_SIZE | 10000 | event_limits.* bound what backends may send",
        "REVERB_APP_RATE_LIMIT_MAX_ATTEMPTS | 60 | max_client_events_per_second of an app bounds"
            + " clients",
        "REVERB_APP_RATE_LIMIT_TERMINATE | true | max_client_events_per_second of an app bounds"
            + " clients"
      })
  void variablesThatAreNotReadSayWhatToDoInstead(String name, String value, String instead)
      throws Exception {
    assertThat(warnings(Map.of(name, value)))
        .containsExactly(name + ": has no meaning here: " + instead);
  }

  private App defaultApp(String family, Map<String, String> variables) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put(family + "KEY", "k");
    environment.put(family + "SECRET", "s");
    variables.forEach((name, value) -> environment.put(family + name, value));
    return PusherSettings.config(load(environment)).apps().getFirst();
  }

  private List<String> warnings(Map<String, String> environment) throws Exception {
    return load(environment).warnings().stream().map(Problem::toString).toList();
  }

  private Configuration load(Map<String, String> environment) throws Exception {
    return new PusherKeys(folder).load("", environment);
  }
}
