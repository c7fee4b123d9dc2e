package io.carillon.protocol.pusher.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.App;
import io.carillon.config.Configuration;
import io.carillon.config.Problem;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default app, which comes from variables. */
class DefaultAppTest {

  @TempDir Path folder = Path.of(".");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CARILLON_DEFAULT_APP_",
        "SOCKUDO_DEFAULT_APP_",
        "SOKETI_DEFAULT_APP_",
        "REVERB_APP_",
        "PUSHER_APP_"
      })
  void everyFamilyOfVariablesNamesADefaultApp(String family) throws Exception {
    assertThat(
            apps(load("", Map.of(family + "ID", "a", family + "KEY", "k", family + "SECRET", "s"))))
        .containsExactly(App.of("a", "k", "s"));
  }

  @Test
  void whereSockudosBlankOriginsLeaveTheDefaultAppOpenItIsWarnedOf() throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("SOCKUDO_DEFAULT_APP_ID", "a");
    environment.put("SOCKUDO_DEFAULT_APP_KEY", "k");
    environment.put("SOCKUDO_DEFAULT_APP_SECRET", "s");
    environment.put("SOCKUDO_DEFAULT_APP_ALLOWED_ORIGINS", "");

    Configuration open = load("", environment);
    Configuration closed =
        load(
            "app_manager.array.apps: [{id: a, key: k, secret: s, allowed_origins:"
                + " ['https://a.b']}]",
            environment);

    assertThat(apps(open)).containsExactly(App.of("a", "k", "s"));
    assertThat(open.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "SOCKUDO_DEFAULT_APP_ALLOWED_ORIGINS: default app: allowed_origins: blank: pages of any"
                + " origin may connect (name those that may; * says that any may)");
    assertThat(closed.warnings()).isEmpty();
  }

  @Test
  void blankOriginsOfADefaultAppThatIsNotThereOpenNothing() throws Exception {
    assertThat(
            load(
                    "",
                    Map.of(
                        "CARILLON_DEFAULT_APP_ID", "",
                        "CARILLON_DEFAULT_APP_ALLOWED_ORIGINS", "",
                        "SOCKUDO_DEFAULT_APP_ALLOWED_ORIGINS", ""))
                .warnings())
        .isEmpty();
  }

  @Test
  void blankVariablesOfAFreshLaravelProjectAreNoApp() throws Exception {
    assertThat(
            apps(
                load(
                    "",
                    Map.of("PUSHER_APP_ID", "", "PUSHER_APP_KEY", "", "PUSHER_APP_SECRET", ""))))
        .isEmpty();
  }

  @Test
  void familiesThatAgreeAreOneApp() throws Exception {
    Map<String, String> environment = new HashMap<>();
    for (String family : List.of("PUSHER_APP_", "REVERB_APP_")) {
      environment.put(family + "ID", "a");
      environment.put(family + "KEY", "k");
      environment.put(family + "SECRET", "s");
    }

    assertThat(apps(load("", environment))).hasSize(1);
  }

  @Test
  void theDefaultAppJoinsThoseOfTheFileAndChangesTheOneThatItIs() throws Exception {
    String file =
        "app_manager.array.apps: [{id: a, key: k, secret: s, max_connections: 1,"
            + " max_event_batch_size: 2}]";
    Map<String, String> same =
        Map.of(
            "SOKETI_DEFAULT_APP_ID", "a",
            "SOKETI_DEFAULT_APP_KEY", "k",
            "SOKETI_DEFAULT_APP_SECRET", "s",
            "SOKETI_DEFAULT_APP_MAX_CONNS", "9");
    Map<String, String> another =
        Map.of("PUSHER_APP_ID", "b", "PUSHER_APP_KEY", "l", "PUSHER_APP_SECRET", "t");

    List<App> changed = apps(load(file, same));
    List<App> joined = apps(load(file, another));

    assertThat(changed).hasSize(1);
    assertThat(changed.getFirst().limits().maxConnections()).isEqualTo(9);
    assertThat(changed.getFirst().limits().maxEventBatchSize()).isEqualTo(2);
    assertThat(joined).extracting(App::id).containsExactly("a", "b");
  }

  @Test
  void variablesOfADefaultAppThatIsNotThereAreWarnedOf() throws Exception {
    assertThat(
            load(
                    "",
                    Map.of(
                        "SOCKUDO_DEFAULT_APP_ENABLED", "true", "SOKETI_DEFAULT_APP_MAX_CON", "1"))
                .warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "SOCKUDO_DEFAULT_APP_ENABLED: default app: there is none without an id, a key and a"
                + " secret; ignored",
            "SOKETI_DEFAULT_APP_MAX_CON: unknown variable (did you mean"
                + " SOKETI_DEFAULT_APP_MAX_CONNS?); ignored");
  }

  @Test
  void ourVariablesWinOverThoseOfOtherServers() throws Exception {
    App app =
        apps(load(
                "",
                Map.of(
                    "CARILLON_DEFAULT_APP_ID", "a",
                    "CARILLON_DEFAULT_APP_KEY", "k",
                    "SOCKUDO_DEFAULT_APP_KEY", "k",
                    "SOCKUDO_DEFAULT_APP_SECRET", "s",
                    "CARILLON_DEFAULT_APP_MAX_CONNECTIONS", "5",
                    "SOKETI_DEFAULT_APP_MAX_CONNS", "many")))
            .getFirst();

    assertThat(app.secret()).isEqualTo("s");
    assertThat(app.limits().maxConnections()).isEqualTo(5);
  }

  @Test
  void anAppOfOtherVariablesIsLeftOutBesideOneOfOurs() throws Exception {
    Configuration config =
        load(
            "",
            Map.of(
                "CARILLON_DEFAULT_APP_ID", "a",
                "CARILLON_DEFAULT_APP_KEY", "k",
                "CARILLON_DEFAULT_APP_SECRET", "s",
                "PUSHER_APP_ID", "b",
                "PUSHER_APP_KEY", "l",
                "PUSHER_APP_SECRET", "canary",
                "REVERB_APP_MAX_CONNECTIONS", "9"));

    assertThat(apps(config)).containsExactly(App.of("a", "k", "s"));
    assertThat(config.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "PUSHER_APP_ID: default app: another app than that of CARILLON_DEFAULT_APP_ID; ignored"
                + " with all variables of other servers");
  }

  private Configuration load(String text, Map<String, String> environment) throws Exception {
    return new PusherKeys(folder).load(text, environment);
  }

  private static List<App> apps(Configuration values) {
    return PusherSettings.config(values).apps();
  }
}
