package io.carillon.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.nats.IdentityFile.Kind;
import io.carillon.adapter.nats.NatsAddress.Credentials;
import io.carillon.config.Catalogue;
import io.carillon.config.Configuration;
import io.carillon.config.ConfigurationLoader;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of NATS. */
final class NatsSettingsTest {

  private final NatsDriver driver = new NatsDriver();

  private Configuration load(Map<String, String> environment) throws InvalidConfigurationException {
    Catalogue catalogue =
        new Catalogue(driver.settings(), List.of(driver::check), List::of, List.of(), _ -> false);
    return ConfigurationLoader.load(catalogue, Sources.environment(environment));
  }

  private NatsConfig config(Map<String, String> environment) throws InvalidConfigurationException {
    return NatsSettings.config(load(environment), "cluster", "node-1");
  }

  @Test
  void everyKeyArrives() throws Exception {
    NatsConfig config =
        config(
            Map.of(
                "NATS_SERVERS", "tls://one,tls://two:4333",
                "NATS_PREFIX", "chat.prod",
                "NATS_USERNAME", "ann",
                "NATS_PASSWORD", "secret",
                "CARILLON_ADAPTER_NATS_CONNECTION_TIMEOUT", "700ms",
                "CARILLON_ADAPTER_NATS_PENDING", "1MiB",
                "CARILLON_ADAPTER_NATS_TLS_CA", "/ca.pem",
                "CARILLON_ADAPTER_NATS_TLS_CERTIFICATE", "/node.pem",
                "CARILLON_ADAPTER_NATS_TLS_KEY", "/node.key"));

    assertThat(config.address()).hasToString("tls://one:4222,two:4333");
    assertThat(config.credentials()).isEqualTo(new Credentials("ann", "secret", ""));
    assertThat(config.prefix()).isEqualTo("chat.prod");
    assertThat(config.cluster()).isEqualTo("cluster");
    assertThat(config.node()).isEqualTo("node-1");
    assertThat(config.connectionTimeout()).isEqualTo(Duration.ofMillis(700));
    assertThat(config.pendingBytes()).isEqualTo(1 << 20);
    assertThat(config.tls())
        .isEqualTo(
            new TlsFiles(
                Path.of("/ca.pem"), Path.of("/node.pem"), Path.of("/node.key"), Verification.FULL));
  }

  @Test
  void aTokenTakesThePlaceOfTheUrlsUser() throws Exception {
    NatsConfig config = config(Map.of("NATS_URL", "nats://u:p@h", "NATS_TOKEN", "t"));

    assertThat(config.credentials()).isEqualTo(new Credentials("", "", "t"));
  }

  @Test
  void aFileTakesThePlaceOfTheUrlsUser() throws Exception {
    NatsConfig seed = config(Map.of("NATS_URL", "nats://u:p@h", "NATS_NKEY", "/node.nk"));
    NatsConfig credentials = config(Map.of("NATS_URL", "nats://h", "NATS_CREDS", "/node.creds"));

    assertThat(seed.identity()).isEqualTo(new IdentityFile(Kind.NKEY_SEED, Path.of("/node.nk")));
    assertThat(credentials.identity())
        .isEqualTo(new IdentityFile(Kind.CREDENTIALS, Path.of("/node.creds")));
  }

  @Test
  void twoProofsOfTheUserAreRefused() {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(
            () ->
                load(
                    Map.of(
                        "NATS_URL", "nats://h", "NATS_TOKEN", "t0ken", "NATS_CREDS", "/a.creds")))
        .withMessageContaining("given together with adapter.nats.token (expected: one of them)")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("t0ken"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a.*", ">", "a..b", ".a", "a.", "\u00fc"})
  void aPrefixThatNatsWouldReadAsSyntaxIsRefused(String prefix) {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> load(Map.of("NATS_PREFIX", prefix)))
        .withMessageContaining("expected: words without * and >, separated by dots");
  }

  @Test
  void aPrefixOfSockudoIsAccepted() throws Exception {
    assertThat(config(Map.of("NATS_URL", "nats://h", "NATS_PREFIX", "sockudo_adapter:")).prefix())
        .isEqualTo("sockudo_adapter:");
  }

  @Test
  void keysThatMissAnotherOneAreRefused() {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(
            () ->
                load(
                    Map.of(
                        "NATS_URL", "nats://h",
                        "NATS_PASSWORD", "s3cret",
                        "CARILLON_ADAPTER_NATS_TLS_CA", "/ca.pem",
                        "CARILLON_ADAPTER_NATS_TLS_KEY", "/node.key")))
        .withMessageContaining("adapter.nats.tls.certificate and adapter.nats.tls.key together")
        .withMessageContaining("expected: tls:// in the URLs")
        .withMessageContaining("expected: adapter.nats.username, too")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void knowsTheKeysOfOtherServers() {
    assertThat(driver.importTable("sockudo")).isPresent();
    assertThat(driver.importTable("soketi")).isPresent();
    assertThat(driver.importTable("another")).isEmpty();
  }
}
