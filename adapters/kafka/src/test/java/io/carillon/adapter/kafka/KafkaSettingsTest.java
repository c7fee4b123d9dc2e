package io.carillon.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.config.Catalogue;
import io.carillon.config.Configuration;
import io.carillon.config.ConfigurationLoader;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of Kafka. */
final class KafkaSettingsTest {

  private final KafkaDriver driver = new KafkaDriver();

  private Configuration load(Map<String, String> environment) throws InvalidConfigurationException {
    Catalogue catalogue =
        new Catalogue(driver.settings(), List.of(driver::check), List::of, List.of(), _ -> false);
    return ConfigurationLoader.load(catalogue, Sources.environment(environment));
  }

  private KafkaConfig config(Map<String, String> environment) throws InvalidConfigurationException {
    return KafkaSettings.config(load(environment), "cluster", "node-1");
  }

  @Test
  void everyKeyArrives() throws Exception {
    KafkaConfig config =
        config(
            Map.ofEntries(
                Map.entry("KAFKA_BROKERS", "one,two:9093"),
                Map.entry("KAFKA_PREFIX", "chat.prod"),
                Map.entry("KAFKA_SECURITY_PROTOCOL", "sasl_ssl"),
                Map.entry("KAFKA_SASL_MECHANISM", "scram-sha-512"),
                Map.entry("KAFKA_SASL_USERNAME", "ann"),
                Map.entry("KAFKA_SASL_PASSWORD", "secret"),
                Map.entry("CARILLON_ADAPTER_KAFKA_REQUEST_TIMEOUT", "700ms"),
                Map.entry("KAFKA_PARTITIONS", "3"),
                Map.entry("KAFKA_REPLICATION_FACTOR", "2"),
                Map.entry("CARILLON_ADAPTER_KAFKA_RETENTION", "5m"),
                Map.entry("CARILLON_ADAPTER_KAFKA_TLS_CA", "/ca.pem"),
                Map.entry("CARILLON_ADAPTER_KAFKA_TLS_CERTIFICATE", "/node.pem"),
                Map.entry("CARILLON_ADAPTER_KAFKA_TLS_KEY", "/node.key")));

    assertThat(config.address()).hasToString("kafka://one:9092,two:9093");
    assertThat(config.prefix()).isEqualTo("chat.prod");
    assertThat(config.cluster()).isEqualTo("cluster");
    assertThat(config.node()).isEqualTo("node-1");
    assertThat(config.security())
        .isEqualTo(
            new Security(
                SecurityProtocol.SASL_SSL,
                "SCRAM-SHA-512",
                "ann",
                "secret",
                new TlsFiles(
                    Path.of("/ca.pem"),
                    Path.of("/node.pem"),
                    Path.of("/node.key"),
                    Verification.FULL)));
    assertThat(config.requestTimeout()).isEqualTo(Duration.ofMillis(700));
    assertThat(config.creation())
        .isEqualTo(new TopicCreation(3, OptionalInt.of(2), Duration.ofMinutes(5)));
    assertThat(config.replay()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aTimeoutWithoutAUnitIsInMilliseconds() throws Exception {
    Map<String, String> other = Map.of("KAFKA_BROKERS", "h", "KAFKA_REQUEST_TIMEOUT_MS", "5000");

    assertThat(config(other).requestTimeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void theProtocolFollowsFromWhatIsGiven() throws Exception {
    assertThat(protocol(Map.of("KAFKA_BROKERS", "h"))).isEqualTo(SecurityProtocol.PLAINTEXT);
    assertThat(protocol(Map.of("KAFKA_BROKERS", "kafka://u:p@h")))
        .isEqualTo(SecurityProtocol.SASL_PLAINTEXT);
    assertThat(protocol(Map.of("KAFKA_BROKERS", "h", "CARILLON_ADAPTER_KAFKA_TLS_CA", "/ca.pem")))
        .isEqualTo(SecurityProtocol.SSL);
    assertThat(
            protocol(
                Map.of(
                    "KAFKA_BROKERS", "kafka://u:p@h", "CARILLON_ADAPTER_KAFKA_TLS_CA", "/ca.pem")))
        .isEqualTo(SecurityProtocol.SASL_SSL);
  }

  private SecurityProtocol protocol(Map<String, String> environment) throws Exception {
    return config(environment).security().protocol();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a:b", "a/b", "\u00fc"})
  void aPrefixThatNoTopicCanHaveIsRefused(String prefix) {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> load(Map.of("KAFKA_PREFIX", prefix)))
        .withMessageContaining("expected: letters, digits, dots, _ and -");
  }

  @Test
  void keysThatMissAnotherOneAreRefused() {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(
            () ->
                load(
                    Map.of(
                        "KAFKA_BROKERS", "h",
                        "KAFKA_SASL_PASSWORD", "s3cret",
                        "KAFKA_SECURITY_PROTOCOL", "PLAINTEXT",
                        "CARILLON_ADAPTER_KAFKA_TLS_CA", "/ca.pem",
                        "CARILLON_ADAPTER_KAFKA_TLS_KEY", "/node.key")))
        .withMessageContaining("adapter.kafka.tls.certificate and adapter.kafka.tls.key together")
        .withMessageContaining("expected: SSL or SASL_SSL")
        .withMessageContaining("expected: adapter.kafka.sasl_username, too")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void knowsTheKeysOfSockudo() {
    assertThat(driver.importTable("sockudo")).isPresent();
    assertThat(driver.importTable("soketi")).isEmpty();
  }
}
