package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EnvironmentDefaultsTest {

  @ParameterizedTest
  @CsvSource({
    "PORT,              --port,          9000,         9000",
    "HOST,              --host,          0.0.0.0,      0.0.0.0",
    "RABBITMQ_URL,      --broker,        amqp://h,     amqp://h",
    "RABBITMQ_EXCHANGE, --exchange,      chat.topics,  chat.topics",
    "DEFAULT_TOPIC,     --default-topic, hall,         hall",
    "NODE_ID,           --node-id,       a,            a",
    "CARILLON_LOG_LEVEL, --log-level,    debug,        DEBUG"
  })
  void takesWhatIsNotGivenFromTheEnvironment(
      String variable, String option, String value, String effective) {
    assertThat(effective(option, Map.of(variable, value))).hasToString(effective);
  }

  @Test
  void prefersWhatIsGiven() {
    assertThat(effective("--port", Map.of("PORT", "9000"), "--port", "7000")).isEqualTo(7000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void readsABlankVariableAsUnset(String blank) {
    assertThat(effective("--port", Map.of("PORT", blank))).isEqualTo(8080);
    assertThat(effective("--default-topic", Map.of("DEFAULT_TOPIC", blank))).isEqualTo("lobby");
  }

  @Test
  void hasDefaultsOfItsOwnWhereTheEnvironmentIsSilent() {
    assertThat(effective("--port", Map.of())).isEqualTo(8080);
    assertThat(effective("--exchange", Map.of())).isEqualTo("ws.topics");
    assertThat(effective("--default-topic", Map.of())).isEqualTo("lobby");
    assertThat(effective("--broker", Map.of())).isNull();
  }

  /** A demo must not connect to whatever cluster the shell was last used for. */
  @Test
  void keepsTheEnvironmentFromTheDemo() {
    EnvironmentDefaults defaults = new EnvironmentDefaults(Map.of("PORT", "9000", "HOST", "h"));
    CommandLine demo = new CommandLine(new DemoCommand());
    assertThat(demo.getCommandSpec().options())
        .allSatisfy(option -> assertThat(defaults.defaultValue(option)).isNull());
  }

  private static Object effective(String option, Map<String, String> environment, String... args) {
    CommandLine serve =
        new CommandLine(new ServeCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setDefaultValueProvider(new EnvironmentDefaults(environment));
    serve.parseArgs(args);
    return serve.getCommandSpec().findOption(option).getValue();
  }
}
