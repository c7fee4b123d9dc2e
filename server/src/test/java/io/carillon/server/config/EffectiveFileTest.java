package io.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.GroupsFormat;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.config.Sources;
import io.carillon.config.Sources.Flag;
import io.carillon.server.Parts;
import io.carillon.testkit.ConfiguredTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The printed effective configuration has the values in use, and can be read again. */
class EffectiveFileTest {

  private static final String HIDDEN =
      ": *** (expected: the secret itself; config --effective hides it)";

  @TempDir Path folder = Path.of(".");

  static Stream<Setting<?>> writable() {
    return EveryKey.withThoseOfGroups()
        .filter(setting -> !setting.isSecret())
        .filter(setting -> !(setting.format() instanceof GroupsFormat));
  }

  @ParameterizedTest
  @MethodSource("writable")
  void everyValueReadsBackToTheSame(Setting<?> setting) throws Exception {
    long seed = new Random().nextLong();
    List<String> texts = new ArrayList<>(ConfiguredTexts.WORDS);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      texts.add(
          switch (random.nextInt(4)) {
            case 0 -> Integer.toString(random.nextInt(1, 1 << random.nextInt(1, 31)));
            case 1 -> random.nextInt(1_000) + "." + random.nextInt(10_000);
            case 2 ->
                random.nextInt(1_000_000_000)
                    + List.of("ms", "s", "m", "h", "B", "KiB", "MiB").get(random.nextInt(7));
            default -> ConfiguredTexts.joined(random);
          });
    }

    long read = texts.stream().filter(text -> readsBack(setting, text, seed)).count();

    assertThat(read).as("values of %s that can be read", setting).isPositive();
  }

  /** Whether the format could read the value. */
  private static <T> boolean readsBack(Setting<T> setting, String text, long seed) {
    T value;
    try {
      value = setting.format().read(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
    assertThat(setting.format().read(setting.format().show(value)))
        .as("%s: \"%s\", seed %s", setting, text, seed)
        .isEqualTo(value);
    return true;
  }

  @Test
  void whatIsPrintedOfAWholeConfigurationIsRightAndTheSame() throws Exception {
    Sources sources =
        new Sources(
            null,
            Map.of(
                "PORT", "81",
                "CARILLON_EVENT_LIMITS_MAX_PAYLOAD_IN_KB", "0.3",
                "NODE_ID", "null",
                "DEFAULT_TOPIC", "a # b: \"c\"\\"),
            List.of(new Flag("--set", "drain.deadline", "1h")));
    NodeConfiguration first = NodeConfiguration.load(Parts.standard(), sources);
    Path printed = print(first);

    NodeConfiguration second =
        NodeConfiguration.load(Parts.standard(), new Sources(printed, Map.of(), List.of()));

    assertThat(EveryKey.values(second)).isEqualTo(EveryKey.values(first));
    assertThat(second.server().nodeId()).isEqualTo("null");
    assertThat(second.values().warnings()).isEmpty();
    assertThat(values(print(second))).isEqualTo(values(printed));
  }

  @Test
  void aHiddenSecretIsNoSecretAgain() throws Exception {
    Path given =
        Files.writeString(
            folder.resolve("given.yaml"),
            """
            tls.certificate: cert.pem
            tls.key: key.pem
            tls.key_password: canary
            adapter.rabbitmq.url: amqp://ann:canary@h/
            topics.auth.hs256_secret: canary-canary-canary-canary-canary
            topics.publish_keys: [canary-canary-canary, canary-canary-canary-7]
            app_manager.array.apps:
              - id: a
                key: k
                secret: canary
                webhooks:
                  - url: https://hook.example/canary
                    event_types: [member_added]
                    headers: {X-Token: canary}
            """);
    Path printed =
        print(NodeConfiguration.load(Parts.standard(), new Sources(given, Map.of(), List.of())));
    assertThat(printed).content().doesNotContain("canary");

    assertThat(problemsOf(printed))
        .containsExactlyInAnyOrder(
            "tls.key_password" + HIDDEN,
            "adapter.rabbitmq.url" + HIDDEN,
            "topics.auth.hs256_secret" + HIDDEN,
            "topics.publish_keys: item 1" + HIDDEN,
            "app_manager.array.apps.0.secret" + HIDDEN,
            "app_manager.array.apps.0.webhooks.0.url" + HIDDEN,
            "app_manager.array.apps.0.webhooks.0.headers: (hidden) (expected: a section of names"
                + " and texts; config --effective hides the texts)");
  }

  @ParameterizedTest
  @CsvSource({
    "'amqp://ann:***@h1:1,h2:2/v', 1",
    "amqp://ann:****@h/, 0",
    "amqp://***:b@h/, 0",
  })
  void onlyTheSignItselfIsRefused(String address, int problems) throws Exception {
    Path file = Files.writeString(folder.resolve("f.yaml"), "adapter.rabbitmq.url: " + address);

    assertThat(problemsOf(file)).hasSize(problems);
  }

  @Test
  void aHeaderIsNoHiddenSecretEither() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("f.yaml"),
            """
            app_manager.array.apps:
              - id: a
                key: k
                secret_file: FOLDER/secret
                webhooks:
                  - url: https://hook.example/***/x
                    event_types: [member_added]
                    headers: {X-Token: "***"}
            """
                .replace("FOLDER", folder.toString()));
    Files.writeString(folder.resolve("secret"), "***\n");

    assertThat(problemsOf(file))
        .containsExactlyInAnyOrder(
            "app_manager.array.apps.0.secret" + HIDDEN,
            "app_manager.array.apps.0.webhooks.0.headers" + HIDDEN);
  }

  private static List<String> problemsOf(Path file) {
    try {
      NodeConfiguration.load(Parts.standard(), new Sources(file, Map.of(), List.of()));
      return List.of();
    } catch (InvalidConfigurationException invalid) {
      return invalid.problems().stream().map(Problem::what).toList();
    }
  }

  private Path print(NodeConfiguration config) throws IOException {
    Path file = folder.resolve("effective-" + count() + ".yaml");
    return Files.writeString(file, config.effectiveFile());
  }

  private int count() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.count();
    }
  }

  private static List<String> values(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.replaceFirst(" +# [^#\"]*$", ""))
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  @Test
  void aSizeIsPrintedAsItWasGiven() throws Exception {
    assertThat(effective(Map.of("CARILLON_EVENT_LIMITS_MAX_PAYLOAD_IN_KB", "0.3"), List.of()))
        .contains("max_payload_in_kb: 0.3 # CARILLON_EVENT_LIMITS_MAX_PAYLOAD_IN_KB");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-            | -        | -     | driver: local # default",
        "RABBITMQ_URL | amqp://h | -     | driver: rabbitmq # RABBITMQ_URL",
        "CARILLON_ADAPTER_RABBITMQ_URL | amqp://h | - | driver: rabbitmq #"
            + " CARILLON_ADAPTER_RABBITMQ_URL",
        "RABBITMQ_URL | amqp://h | local | driver: local # --set",
        "RABBITMQ_URL | amqp://h | rabbitmq | driver: rabbitmq # --set",
      })
  void theDriverIsTheOneThatIsUsed(String name, String value, String chosen, String expected)
      throws Exception {
    assertThat(
            effective(
                name == null ? Map.of() : Map.of(name, value),
                chosen == null ? List.of() : List.of(new Flag("--set", "adapter.driver", chosen))))
        .containsSubsequence("adapter:", expected);
  }

  private static List<String> effective(Map<String, String> environment, List<Flag> flags)
      throws Exception {
    return NodeConfiguration.load(Parts.standard(), new Sources(null, environment, flags))
        .effectiveFile()
        .lines()
        .map(line -> line.strip().replaceFirst(" +# ", " # "))
        .toList();
  }
}
