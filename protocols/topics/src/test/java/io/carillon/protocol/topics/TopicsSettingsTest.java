package io.carillon.protocol.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.auth.AllowedOrigins;
import io.carillon.config.Catalogue;
import io.carillon.config.Configuration;
import io.carillon.config.ConfigurationLoader;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Rule;
import io.carillon.config.Sources;
import io.carillon.part.NodeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsSettingsTest {

  private static final NodeLimits LIMITS = new NodeLimits(256 << 10, 1 << 20);

  @TempDir Path folder = Path.of(".");

  @Test
  void nothingGivenIsTheDefaults() throws Exception {
    Configuration values = load("");

    assertThat(TopicsSettings.topics(values)).isEqualTo(TopicsConfig.DEFAULTS);
    assertThat(TopicsSettings.tokens(values)).isEqualTo(TokenConfig.OPEN);
    assertThat(TopicsSettings.access(values).origins()).isEqualTo(AllowedOrigins.ANY);
    assertThat(TopicsSettings.access(values).publishKeys().isEmpty()).isTrue();
  }

  @Test
  void everyKeyArrives() throws Exception {
    Configuration values =
        load(
            """
            topics:
              app: an-app
              default_topic: hall
              max_topic_bytes: 99
              allowed_origins: [https://a.example, https://b.example]
              publish_keys: [canary-canary-canary]
              auth:
                hs256_secret: canary-canary-canary-canary-canary
                issuer: an-issuer
                audience: an-audience
            """);

    assertThat(TopicsSettings.topics(values)).isEqualTo(new TopicsConfig("hall", 99, "an-app"));
    assertThat(TopicsSettings.tokens(values))
        .isEqualTo(
            new TokenConfig(
                "canary-canary-canary-canary-canary", List.of(), "an-issuer", "an-audience"));
    assertThat(TopicsSettings.access(values).origins())
        .isEqualTo(new AllowedOrigins.Only(Set.of("https://a.example", "https://b.example")));
    assertThat(TopicsSettings.access(values).publishKeys().contain("canary-canary-canary"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"topics.auth.issuer", "topics.auth.audience", "topics.allowed_origins"})
  void aKeyThatShouldCloseTheNodeButCannotIsRefused(String key) {
    String value = key.endsWith("origins") ? "[]" : "x";

    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> load(key + ": " + value))
        .withMessageContaining(key + ": ");
  }

  private Configuration load(String text) throws IOException, InvalidConfigurationException {
    TopicsFrontEndType type = new TopicsFrontEndType();
    Rule rule = (values, problems) -> type.check(values, LIMITS, problems);
    Path file = Files.writeString(folder.resolve("f"), text);
    return ConfigurationLoader.load(
        new Catalogue(
            type.settings(),
            List.of(rule),
            List::of,
            type.environment(List.of()),
            variable -> false),
        new Sources(file, Map.of(), List.of()));
  }
}
