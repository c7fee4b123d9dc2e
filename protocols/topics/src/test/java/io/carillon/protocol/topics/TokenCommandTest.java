package io.carillon.protocol.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.config.Catalogue;
import io.carillon.config.Configuration;
import io.carillon.config.ConfigurationLoader;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import io.carillon.dialect.UsageException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenCommandTest {

  private static final String SECRET = "canary-secret-canary-secret-canary";

  private final List<String> warnings = new ArrayList<>();

  private static Configuration configuration(Map<String, String> environment)
      throws InvalidConfigurationException {
    Catalogue catalogue =
        new Catalogue(TopicsSettings.ALL, List.of(), List::of, List.of(), _ -> false);
    return ConfigurationLoader.load(catalogue, Sources.environment(environment));
  }

  private List<String> run(Map<String, String> options) throws Exception {
    return new TokenCommand()
        .run(
            configuration(Map.of("CARILLON_TOPICS_AUTH_HS256_SECRET", SECRET)),
            new GivenOptions(options),
            Instant.EPOCH,
            warnings::add);
  }

  @Test
  void signsNoNameThatNodesRefuse() throws Exception {
    assertThat(run(Map.of("--name", "é".repeat(128), "--subscribe", "*")))
        .singleElement()
        .asString()
        .startsWith("eyJ");
    assertThat(warnings).isEmpty();
    assertThatThrownBy(() -> run(Map.of("--name", "é".repeat(128) + "x")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--name: too long (expected: at most 256 bytes");
  }

  @Test
  void warnsOfATokenThatPermitsNothing() throws Exception {
    assertThat(run(Map.of())).hasSize(1);
    assertThat(warnings).containsExactly("it permits nothing; give --subscribe or --publish");
  }

  @Test
  void needsASecretAndADuration() throws Exception {
    Configuration open = configuration(Map.of());
    assertThatThrownBy(
            () ->
                new TokenCommand()
                    .run(open, new GivenOptions(Map.of()), Instant.EPOCH, warnings::add))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("topics.auth.hs256_secret is not set");
    assertThatThrownBy(() -> run(Map.of("--expires", "soon")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--expires: \"soon\"");
  }
}
