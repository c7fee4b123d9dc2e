package io.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.adapter.rabbitmq.RabbitMqDriver;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.config.Sources;
import io.carillon.config.Sources.Flag;
import io.carillon.hub.HubConfig;
import io.carillon.part.BrokerAddress;
import io.carillon.part.BrokerDriver;
import io.carillon.protocol.topics.TopicsConfig;
import io.carillon.protocol.topics.TopicsSettings;
import io.carillon.server.ClusterConfig;
import io.carillon.server.DrainConfig;
import io.carillon.server.LogConfig;
import io.carillon.server.Parts;
import io.carillon.server.transport.TransportConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeConfigurationTest {

  @TempDir Path folder = Path.of(".");

  @Test
  void nothingGivenIsTheDefaults() throws Exception {
    NodeConfiguration config =
        NodeConfiguration.load(Parts.standard(), Sources.environment(Map.of()));

    assertThat(config.server().transport()).isEqualTo(TransportConfig.DEFAULTS);
    assertThat(config.server().hub()).isEqualTo(HubConfig.DEFAULTS);
    assertThat(TopicsSettings.topics(config.values())).isEqualTo(TopicsConfig.DEFAULTS);
    assertThat(config.server().drain()).isEqualTo(DrainConfig.DEFAULTS);
    assertThat(config.server().driver()).extracting(BrokerDriver::name).isEqualTo("local");
    assertThat(config.log()).isEqualTo(LogConfig.DEFAULTS);
  }

  @Test
  void aClusterHasANameAndATokenThatIsNotShown() throws Exception {
    NodeConfiguration config = load("cluster: {name: east, operator_token: canary-operator-token}");
    assertThat(config.server().cluster().name()).isEqualTo("east");
    assertThat(config.server().cluster().operatorToken()).isNotNull();
    assertThat(config.effectiveFile()).contains("east").doesNotContain("canary");
    assertThat(load("").server().cluster()).isEqualTo(ClusterConfig.DEFAULTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ea st", "ost/west", "a:b", "\u00fc"})
  void aClustersNameIsPlain(String name) {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> load("cluster: {name: \"" + name + "\"}"))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .contains("cluster.name", "1 to 64 letters, digits, dots, - and _"));
  }

  @Test
  void theDefaultFileSaysWhatIsSoWithoutIt() throws Exception {
    NodeConfiguration config = load(EveryKey.catalogue().defaultFile());

    assertThat(config.values().warnings()).isEmpty();
    assertThat(EveryKey.values(config))
        .isEqualTo(
            EveryKey.values(
                NodeConfiguration.load(Parts.standard(), Sources.environment(Map.of()))));
  }

  @Test
  void theDefaultFileNamesEveryKey() {
    String file = EveryKey.catalogue().defaultFile();

    for (Setting<?> setting : EveryKey.settings()) {
      String name = setting.key().substring(setting.key().lastIndexOf('.') + 1);
      assertThat(file).containsPattern("(?m)^ *(# )?" + name + ":");
      assertThat(setting.documentation()).isNotEmpty();
    }
  }

  @Test
  void thePageOfTheDocumentationIsUpToDate() throws IOException {
    assertThat(Path.of("../docs/configuration.md"))
        .as("run `make docs`")
        .hasContent(EveryKey.catalogue().page());
  }

  @Test
  void variablesWinOverTheFileAndFlagsOverBoth() throws Exception {
    Path file = file("port: 1\nhost: file\nnode_id: file\n");

    NodeConfiguration config =
        NodeConfiguration.load(
            Parts.standard(),
            new Sources(
                file,
                Map.of("PORT", "2", "NODE_ID", "variable"),
                List.of(new Flag("--port", "port", "3"))));

    assertThat(config.server().transport().port()).isEqualTo(3);
    assertThat(config.server().nodeId()).isEqualTo("variable");
    assertThat(config.server().transport().host()).isEqualTo("file");
    assertThat(config.values().origin(Settings.PORT)).hasToString("--port");
    assertThat(config.values().origin(Settings.NODE_ID)).hasToString("NODE_ID");
    assertThat(config.values().origin(Settings.HOST)).hasToString(file + ":2");
  }

  @ParameterizedTest
  @CsvSource({
    "PORT",
    "HOST",
    "RABBITMQ_URL",
    "RABBITMQ_EXCHANGE",
    "DEFAULT_TOPIC",
    "NODE_ID",
    "CARILLON_WIRE",
    "CARILLON_LOG_LEVEL",
    "CARILLON_DRAIN_WINDOW",
    "CARILLON_ADAPTER_RABBITMQ_URL"
  })
  void readsTheVariable(String name) {
    assertThat(EveryKey.settings().stream().flatMap(setting -> setting.variables().stream()))
        .contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void aBlankVariableIsUnset(String blank) throws Exception {
    assertThat(
            NodeConfiguration.load(
                    Parts.standard(), Sources.environment(Map.of("PORT", blank, "HOST", blank)))
                .server()
                .transport())
        .isEqualTo(TransportConfig.DEFAULTS);
  }

  @Test
  void nestedAndDottedKeysAreTheSame() throws Exception {
    assertThat(EveryKey.values(load("drain:\n  window: 1s\n")))
        .containsEntry("drain.window", "1s")
        .isEqualTo(EveryKey.values(load("drain.window: 1s\n")));
  }

  @Test
  void jsonIsYamlToo() throws Exception {
    assertThat(load("{\"port\": 81, \"drain\": {\"window\": \"1s\"}}").server().drain().window())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "port:\n", "drain:\n  window: ~\n", "---\n"})
  void whatHasNoValueIsNotGiven(String file) throws Exception {
    assertThat(load(file).server().drain()).isEqualTo(DrainConfig.DEFAULTS);
  }

  @Test
  void anAddressSelectsItsDriver() throws Exception {
    for (String file :
        List.of(
            "adapter.rabbitmq.url: amqp://h", "rabbitmq_uri: amqp://h", "rabbitmq.uri: amqp://h")) {
      assertThat(load(file).server().driver()).isInstanceOf(RabbitMqDriver.class);
    }
    assertThat(load("adapter.driver: local\nrabbitmq_uri: amqp://h\n").server().driver())
        .extracting(BrokerDriver::name)
        .isEqualTo("local");
  }

  @Test
  void aDriverThatComesLaterThanTheAddressWinsAndSoDoesOneBesideIt() throws Exception {
    Path address = file("adapter.rabbitmq.url: amqp://h\n");
    Flag local = new Flag("--set", "adapter.driver", "local");

    for (Sources sources :
        List.of(
            new Sources(address, Map.of("CARILLON_ADAPTER_DRIVER", "local"), List.of()),
            new Sources(address, Map.of(), List.of(local)),
            new Sources(null, Map.of("RABBITMQ_URL", "amqp://h"), List.of(local)),
            Sources.environment(
                Map.of("RABBITMQ_URL", "amqp://h", "CARILLON_ADAPTER_DRIVER", "local")))) {
      assertThat(NodeConfiguration.load(Parts.standard(), sources).server().driver())
          .extracting(BrokerDriver::name)
          .isEqualTo("local");
    }
  }

  @Test
  void aliasesMayAgree() throws Exception {
    assertThat(load("rabbitmq_uri: amqp://h\nrabbitmq.uri: amqp://h\n").server().driver())
        .isInstanceOf(RabbitMqDriver.class);
  }

  @Test
  void placeholdersAreFilledFromTheEnvironment() throws Exception {
    Path file = file("host: ${A}\nnode_id: ${B:-b}-$${C}\ntopics.default_topic: ${D:-}x\n");

    NodeConfiguration config =
        NodeConfiguration.load(
            Parts.standard(), new Sources(file, Map.of("A", "a", "D", "d"), List.of()));

    assertThat(config.server().transport().host()).isEqualTo("a");
    assertThat(config.server().nodeId()).isEqualTo("b-${C}");
    assertThat(TopicsSettings.topics(config.values()).defaultTopic()).isEqualTo("dx");
  }

  @Test
  void secretsAreReadFromFilesAndShownToNobody() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "amqp://ann:canary-7@h/\n");

    for (NodeConfiguration config :
        List.of(
            load("adapter.rabbitmq.url_file: " + secret),
            NodeConfiguration.load(
                Parts.standard(),
                Sources.environment(Map.of("RABBITMQ_URL_FILE", secret.toString()))))) {
      assertThat(config.server().driver()).isInstanceOf(RabbitMqDriver.class);
      assertThat(config.effectiveFile()).contains("amqp://ann:***@h").doesNotContain("canary-7");
      assertThat(config.toString()).doesNotContain("canary-7");
    }
  }

  @Test
  void secretsOnTheCommandLineAreWarnedOf() throws Exception {
    NodeConfiguration config =
        NodeConfiguration.load(
            Parts.standard(),
            new Sources(
                null,
                Map.of(),
                List.of(
                    new Flag("--set", "topics.publish_keys", "canary-canary-canary"),
                    new Flag("--broker", "adapter.rabbitmq.url", "amqp://ann:canary@h/"),
                    new Flag("--port", "port", "80"))));

    assertThat(config.values().warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "--set: topics.publish_keys: others on this machine can read command lines;"
                + " CARILLON_TOPICS_PUBLISH_KEYS or CARILLON_TOPICS_PUBLISH_KEYS_FILE is safer",
            "--broker: adapter.rabbitmq.url: others on this machine can read command lines;"
                + " RABBITMQ_URL or RABBITMQ_URL_FILE is safer");
    Flag harmless = new Flag("--broker", "adapter.rabbitmq.url", "amqp://h/");
    assertThat(
            NodeConfiguration.load(Parts.standard(), new Sources(null, Map.of(), List.of(harmless)))
                .values()
                .warnings())
        .isEmpty();
  }

  @Test
  void unknownVariablesAreWarnedOfAndThoseOfOthersAreNot() throws Exception {
    NodeConfiguration config =
        NodeConfiguration.load(
            Parts.standard(),
            Sources.environment(
                Map.of(
                    "CARILLON_DRAIN_WINDW", "1s",
                    "CARILLON_SERVICE_HOST", "10.0.0.1",
                    "CARILLON_PORT", "tcp://10.0.0.1:8080",
                    "CARILLON_PORT_8080_TCP_ADDR", "10.0.0.1",
                    "CARILLON_JAVA_OPTS", "-Xmx1g")));

    assertThat(config.values().warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "CARILLON_DRAIN_WINDW: unknown variable (did you mean CARILLON_DRAIN_WINDOW?);"
                + " ignored");
    assertThat(config.server().transport().port()).isEqualTo(8080);
  }

  @Test
  void keysAndNamesAreUnique() {
    assertThat(EveryKey.settings().stream().map(Setting::key)).doesNotHaveDuplicates();
    assertThat(EveryKey.settings().stream().flatMap(s -> s.variables().stream()))
        .doesNotHaveDuplicates();
    List<Setting<?>> addresses =
        Parts.standard().addresses().stream().<Setting<?>>map(BrokerAddress::setting).toList();
    assertThat(
            EveryKey.settings().stream()
                .filter(setting -> !addresses.contains(setting))
                .flatMap(s -> s.flag().stream()))
        .doesNotHaveDuplicates()
        .doesNotContain("--broker");
  }

  @Test
  void topicsMayBeAnAppsChannels() throws Exception {
    NodeConfiguration config =
        load("{topics.app: a, app_manager.array.apps: [{id: a, key: k, secret: s}]}");

    assertThat(TopicsSettings.topics(config.values()).app()).isEqualTo("a");
  }

  private NodeConfiguration load(String text) throws Exception {
    return NodeConfiguration.load(Parts.standard(), new Sources(file(text), Map.of(), List.of()));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("carillon.yaml"), text);
  }
}
