package io.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.carillon.app.App;
import io.carillon.config.ImportTable;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.config.Sources;
import io.carillon.protocol.pusher.PusherConfig;
import io.carillon.protocol.pusher.frontend.PusherSettings;
import io.carillon.server.Parts;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of other servers are read as Carillon's. Golden files have the notes, the warnings and the
 * values.
 */
class OtherServersFilesTest {

  @TempDir Path folder = Path.of(".");

  @ParameterizedTest
  @ValueSource(strings = {"soketi.json", "sockudo.toml"})
  void aFileOfTheirsSetsOursAndSaysWhatHasNoMeaning(String name) throws Exception {
    Path file = resource(name);
    NodeConfiguration config = load(file);

    Stream<String> told =
        Stream.concat(
            config.values().notes().stream(),
            config.values().warnings().stream().map(warning -> "warning: " + warning));
    Stream<String> set =
        config
            .effectiveFile()
            .lines()
            .filter(line -> line.contains(name + ":"))
            .map(line -> line.replaceFirst(" +# ", " # "));
    List<String> lines =
        Stream.concat(told, set).map(line -> line.replace(file.getParent() + "/", "")).toList();

    assertThat(lines).containsExactlyElementsOf(Files.readAllLines(resource(name + ".golden")));
    assertThat(String.join("\n", lines)).doesNotContain("canary");
  }

  @Test
  void soketisAppsAreThoseOfItsFile() throws Exception {
    assertThat(PusherSettings.config(load(resource("soketi.json")).values()).apps())
        .extracting(app -> app.id() + " " + app.key() + " " + app.secret())
        .containsExactly("app-1 key-1 canary-1", "app-2 key-2 canary-4");
  }

  @Test
  void aCertificateCountsOnlyWhereSockudoTurnsItOn() throws Exception {
    String off = "mode = 'x'\n[ssl]\ncert_path = '/nowhere/c'\nkey_path = '/nowhere/k'\n";

    assertThat(load(file("a.toml", off)).server().tls()).isNull();
    assertThat(load(file("b.toml", off + "enabled = true\n")).server().tls()).isNotNull();
  }

  @Test
  void ourOwnKeysMayStandInAFileOfTheirs() throws Exception {
    NodeConfiguration config =
        load(file("c.json", "{\"websocket_max_payload_kb\": 8, \"drain.window\": \"1s\"}"));

    assertThat(config.server().transport().maxMessageBytes()).isEqualTo(8 << 10);
    assertThat(config.server().drain().window()).hasSeconds(1);
  }

  @Test
  void aFileWithOurKeysAloneIsOurs() throws Exception {
    NodeConfiguration config = load(file("d.toml", "port = 81\n[drain]\nwindow = '1s'\n"));

    assertThat(config.values().notes()).isEmpty();
    assertThat(config.server().transport().port()).isEqualTo(81);
    assertThat(config.server().drain().window()).hasSeconds(1);
  }

  @Test
  void keysOfTheirsAndOursMaySayTheSame() throws Exception {
    NodeConfiguration config =
        load(
            file(
                "s.json",
                """
                {"channelLimits.cacheTtl": 600, "cache.memory.ttl": "10m",
                 "app_manager.array.apps": [{"id": "a", "key": "k", "secret": "s"}],
                 "appManager.array.apps": [{"id": "a", "key": "k", "secret": "s"}],
                 "tls.key_password": null, "ssl.passphrase": "p", "metrics.port": 9601}
                """));

    assertThat(PusherSettings.config(config.values()).cache())
        .isEqualTo(
            new PusherConfig.Cache.Memory(
                Duration.ofMinutes(10), PusherConfig.Cache.Memory.DEFAULTS.maxBytes()));
    assertThat(PusherSettings.config(config.values()).apps())
        .containsExactly(App.of("a", "k", "s"));
  }

  @Test
  void ourBoundOfTheCacheMayStandInAFileOfSockudos() throws Exception {
    NodeConfiguration config =
        load(file("m.toml", "mode = 'x'\n[cache.memory]\nmax_bytes = '1MiB'\nttl = 300\n"));

    assertThat(config.values().get(PusherSettings.CACHE_BYTES)).isEqualTo(1 << 20);
    assertThat(config.values().warnings())
        .extracting(warning -> warning.what().split(":", 2)[0])
        .containsExactly("mode", "cache.memory.ttl");
  }

  /**
   * Otherwise a misspelt key of Carillon would count as a key of the other server, and so would the
   * whole file.
   */
  @ParameterizedTest
  @ValueSource(strings = {"soketi", "sockudo"})
  void noLineOfTheTablesThatStandsForManyCoversAKeyOfOurs(String product) {
    ImportTable keys = EveryKey.catalogue().keysOf(product);
    List<String> sections =
        EveryKey.settings().stream()
            .map(Setting::key)
            .map(key -> key.substring(0, key.lastIndexOf('.') + 1))
            .filter(section -> !section.isEmpty())
            .toList();

    assertThat(sections).allMatch(section -> !keys.knows(section + "no-such-key"));
  }

  @Test
  void soketisAppsMayStandByTheirNumbersAlone() throws Exception {
    NodeConfiguration config =
        load(
            file(
                "n.json",
                """
                {"port": 6001, "appManager.array.apps.0.id": "a",
                 "appManager.array.apps.0.key": "k", "appManager.array.apps.0.secret": "s"}
                """));

    assertThat(config.values().notes()).singleElement().asString().contains("soketi");
    assertThat(PusherSettings.config(config.values()).apps())
        .containsExactly(App.of("a", "k", "s"));
  }

  @Test
  void whatHasNoMeaningInAWebhookIsWarnedOfHoweverItIsGiven() throws Exception {
    String webhooks =
        "[{\"url\": \"http://h/\", \"event_types\": [\"member_added\"], \"lambda_function\":"
            + " \"f\"}]";
    String app = "{\"id\": \"a\", \"key\": \"k\", \"secret\": \"s\", \"webhooks\": %s}";
    String apps = "[" + app.formatted(webhooks) + "]";
    String quoted = "\"" + apps.replace("\"", "\\\"") + "\"";
    String quotedInside = "\"" + webhooks.replace("\"", "\\\"") + "\"";
    String key = "{\"appManager.array.apps\": %s}";
    Map<String, String> variables =
        Map.of(
            "SOKETI_DEFAULT_APP_ID", "a",
            "SOKETI_DEFAULT_APP_KEY", "k",
            "SOKETI_DEFAULT_APP_SECRET", "s",
            "SOKETI_DEFAULT_APP_WEBHOOKS", webhooks);

    for (NodeConfiguration config :
        List.of(
            load(file("v.json", key.formatted(apps))),
            load(file("w.json", key.formatted(quoted))),
            load(file("x.json", key.formatted("[" + app.formatted(quotedInside) + "]"))),
            NodeConfiguration.load(Parts.standard(), Sources.environment(variables)))) {
      assertThat(PusherSettings.config(config.values()).apps().getFirst().webhooks()).hasSize(1);
      assertThat(config.values().warnings())
          .extracting(Problem::what)
          .containsExactly(
              "a webhook's lambda_function: has no meaning here: webhooks go to an address: url");
    }
  }

  @Test
  void aKeyWithoutMeaningIsWarnedOfForTheFileAndForItsApps() throws Exception {
    NodeConfiguration config =
        load(
            file(
                "r.toml",
                """
                mode = 'x'
                [connection_recovery]
                enabled = true
                [idempotency]
                enabled = true
                [[app_manager.array.apps]]
                id = 'a'
                key = 'k'
                secret = 's'
                connection_recovery.enabled = true
                idempotency.enabled = true
                """));

    assertThat(config.values().warnings())
        .extracting(warning -> warning.what().split(":", 2)[0])
        .containsExactlyInAnyOrder(
            "mode",
            "connection_recovery.*",
            "idempotency.*",
            "an app's connection_recovery.*",
            "an app's idempotency.*");
  }

  @Test
  void twoVariablesWithTheSameWebhooksAreWarnedOfOnce() throws Exception {
    String webhooks =
        "[{\"url\": \"http://h/\", \"event_types\": [\"member_added\"], \"lambda_function\":"
            + " \"f\"}]";
    Map<String, String> variables =
        Map.of(
            "SOKETI_DEFAULT_APP_ID", "a",
            "SOKETI_DEFAULT_APP_KEY", "k",
            "SOKETI_DEFAULT_APP_SECRET", "s",
            "SOKETI_DEFAULT_APP_WEBHOOKS", webhooks,
            "SOCKUDO_DEFAULT_APP_WEBHOOKS", webhooks);

    assertThat(
            NodeConfiguration.load(Parts.standard(), Sources.environment(variables))
                .values()
                .warnings())
        .hasSize(1);
  }

  @Test
  void brokenTomlIsSaidWithoutItsValues() throws Exception {
    Path file = file("e.toml", "port = 81\nsecret = canary\n");

    InvalidConfigurationException failure =
        catchThrowableOfType(InvalidConfigurationException.class, () -> load(file));

    assertThat(failure.problems().getFirst()).hasToString(file + ":2: no TOML here");
    assertThat(failure).hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"soketi", "sockudo"})
  void everyKeyOfTheTablesIsOneOfOursOrSaysWhatToDo(String product) throws IOException {
    List<String> ours = EveryKey.settings().stream().map(Setting::key).toList();

    assertThat(EveryKey.catalogue().tableOf(product).lines().skip(2))
        .isNotEmpty()
        .allSatisfy(
            line -> {
              String[] cells = line.split("\\|", -1);
              String key = cells[2].replace("`", "").strip();
              assertThat(key.isEmpty() ? cells[3].isBlank() : !ours.contains(key))
                  .as(line)
                  .isFalse();
            });
    assertThat(Files.readString(Path.of("../docs/migrate-from-" + product + ".md")))
        .as("run `make docs`")
        .endsWith(EveryKey.catalogue().tableOf(product));
  }

  private NodeConfiguration load(Path file) throws InvalidConfigurationException {
    return NodeConfiguration.load(
        Parts.standard(), new Sources(file, Map.of("SECRET_2", "canary-5"), List.of()));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(OtherServersFilesTest.class.getResource(name)).toURI());
  }
}
