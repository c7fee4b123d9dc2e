package io.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import io.carillon.http.PathPrefix;
import io.carillon.server.Parts;
import io.carillon.server.transport.HttpConfig;
import io.carillon.server.transport.TransportConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How plain HTTP is served. */
class HttpSettingsTest {

  private static TransportConfig transport(Map<String, String> environment, String... flags)
      throws Exception {
    List<Sources.Flag> given =
        List.of(flags).stream()
            .map(flag -> flag.split("=", 2))
            .map(pair -> new Sources.Flag("--set", pair[0], pair[1]))
            .toList();
    return NodeConfiguration.load(Parts.standard(), new Sources(null, environment, given))
        .server()
        .transport();
  }

  @Test
  void hasDefaults() throws Exception {
    TransportConfig transport = transport(Map.of());
    assertThat(transport.http()).isEqualTo(new HttpConfig(PathPrefix.NONE, Duration.ofSeconds(75)));
    assertThat(transport.maxRequestLineBytes()).isEqualTo(8 << 10);
    assertThat(transport.maxHeaderBytes()).isEqualTo(16 << 10);
  }

  @Test
  void isSet() throws Exception {
    TransportConfig transport =
        transport(
            Map.of("CARILLON_LIMITS_KEEP_ALIVE_TIMEOUT", "620s"),
            "path_prefix=ws/",
            "limits.max_request_line=64KiB",
            "limits.max_headers=128KiB");
    assertThat(transport.http())
        .isEqualTo(new HttpConfig(PathPrefix.of("/ws"), Duration.ofSeconds(620)));
    assertThat(transport.maxRequestLineBytes()).isEqualTo(64 << 10);
    assertThat(transport.maxHeaderBytes()).isEqualTo(128 << 10);
  }

  @Test
  void readsReverbsVariableForThePrefix() throws Exception {
    assertThat(transport(Map.of("REVERB_SERVER_PATH", "/reverb")).http().prefix().text())
        .isEqualTo("/reverb");
    assertThat(transport(Map.of("REVERB_SERVER_PATH", "")).http().prefix())
        .isEqualTo(PathPrefix.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "/up, /up",
    "/health/, /health",
    "ready, /ready",
    "/live, /live",
    "/app, /app",
    "/app/ws, /app",
    "/apps, /apps",
    "/apps/1/events, /apps",
    "/topics, /topics",
    "/topics/a, /topics"
  })
  void refusesAPrefixThatHidesAPathOfTheNode(String prefix, String hidden) {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> transport(Map.of(), "path_prefix=" + prefix))
        .withMessageContaining("path_prefix: \"" + prefix + "\" (expected: a path such as /ws")
        .withMessageContaining("it hides " + hidden + ", which the node serves without a prefix");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/application", "/ws/app", "/live/ws", "/node", "/metrics", "/App", "/"})
  void takesAPrefixThatHidesNothing(String prefix) throws Exception {
    assertThat(transport(Map.of(), "path_prefix=" + prefix).http().prefix())
        .isEqualTo(PathPrefix.of(prefix));
  }

  @Test
  void saysWhatIsExpectedOfAPrefix() {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> transport(Map.of(), "path_prefix=/a b"))
        .withMessageContaining("path_prefix: \"/a b\" (expected: a path such as /ws");
  }
}
