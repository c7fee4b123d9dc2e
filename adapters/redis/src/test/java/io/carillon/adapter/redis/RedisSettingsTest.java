package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.redis.RedisAddress.Login;
import io.carillon.config.Catalogue;
import io.carillon.config.Configuration;
import io.carillon.config.ConfigurationLoader;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisSettingsTest {

  private final RedisDriver driver = new RedisDriver();

  private Configuration load(Map<String, String> environment) throws InvalidConfigurationException {
    Catalogue catalogue =
        new Catalogue(driver.settings(), List.of(driver::check), List::of, List.of(), _ -> false);
    return ConfigurationLoader.load(catalogue, Sources.environment(environment));
  }

  private RedisConfig config(Map<String, String> environment) throws InvalidConfigurationException {
    return RedisSettings.config(load(environment), "cluster", "node-1");
  }

  @Test
  void withoutAnythingTheRedisOfThisMachineIsMeant() throws Exception {
    RedisConfig config = config(Map.of());

    assertThat(config.address()).hasToString("redis://127.0.0.1:6379");
    assertThat(config.prefix()).isEqualTo("carillon:");
    assertThat(config.cluster()).isEqualTo("cluster");
    assertThat(config.node()).isEqualTo("node-1");
  }

  @Test
  void aUrlSaysEverything() throws Exception {
    assertThat(config(Map.of("REDIS_URL", "rediss://ann:secret@h:1/2")).address())
        .isEqualTo(RedisAddress.parse("rediss://ann:secret@h:1/2"));
  }

  @Test
  void sockudosVariablesAreRead() throws Exception {
    RedisAddress address =
        config(
                Map.of(
                    "DATABASE_REDIS_HOST", "h",
                    "DATABASE_REDIS_PORT", "1",
                    "DATABASE_REDIS_DB", "2",
                    "DATABASE_REDIS_USERNAME", "ann",
                    "DATABASE_REDIS_PASSWORD", "secret"))
            .address();

    assertThat(address).isEqualTo(RedisAddress.parse("redis://ann:secret@h:1/2"));
  }

  @Test
  void soketisVariablesAreRead() throws Exception {
    RedisAddress address =
        config(
                Map.of(
                    "SOKETI_DB_REDIS_SENTINELS", "[{\"host\":\"a\",\"port\":1},{\"host\":\"b\"}]",
                    "SOKETI_DB_REDIS_SENTINEL_PASSWORD", "guard",
                    "SOKETI_DB_REDIS_INSTANCE_NAME", "main",
                    "SOKETI_DB_REDIS_PASSWORD", "secret"))
            .address();

    assertThat(address).hasToString("redis+sentinel://:***@a:1,b:26379/main");
    assertThat(address.sentinelLogin()).isEqualTo(new Login(null, "guard"));
  }

  @Test
  void everyKeyOfTlsArrives() throws Exception {
    RedisConfig config =
        config(
            Map.of(
                "CARILLON_DATABASE_REDIS_TLS_ENABLED", "true",
                "CARILLON_DATABASE_REDIS_TLS_CA_PATH", "ca.pem",
                "CARILLON_DATABASE_REDIS_TLS_CLIENT_CERT_PATH", "me.pem",
                "CARILLON_DATABASE_REDIS_TLS_CLIENT_KEY_PATH", "me.key",
                "CARILLON_DATABASE_REDIS_TLS_VERIFY", "ca"));

    assertThat(config.address().tls()).isTrue();
    assertThat(config.tls())
        .isEqualTo(
            new TlsFiles(Path.of("ca.pem"), Path.of("me.pem"), Path.of("me.key"), Verification.CA));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DATABASE_REDIS_USERNAME | ann | DATABASE_REDIS_HOST | h | without a password",
        "CARILLON_DATABASE_REDIS_TLS_CLIENT_CERT_PATH | x | DATABASE_REDIS_HOST | h | expected:"
            + " database.redis.tls.client_cert_path and database.redis.tls.client_key_path"
            + " together",
        "SOKETI_ADAPTER_REDIS_PREFIX | a b | DATABASE_REDIS_HOST | h | expected: at most 200"
            + " characters",
        "DATABASE_REDIS_PASSWORD | *** | DATABASE_REDIS_HOST | h | expected: the secret itself"
      })
  void whatDoesNotFitTogetherIsRefused(
      String name, String value, String other, String otherValue, String message) {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> load(Map.of(name, value, other, otherValue)))
        .withMessageContaining(message);
  }

  @Test
  void aUrlWinsOverTheOtherKeysOfItsSourceAndLaterOnesAreRefused() throws Exception {
    Map<String, String> url = Map.of("REDIS_URL", "redis://h");
    assertThat(config(Map.of("REDIS_URL", "redis://h", "DATABASE_REDIS_HOST", "other")).address())
        .hasToString("redis://h:6379");

    Catalogue catalogue =
        new Catalogue(driver.settings(), List.of(driver::check), List::of, List.of(), _ -> false);
    Sources later =
        new Sources(null, url, List.of(new Sources.Flag("--set", "database.redis.host", "other")));
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> ConfigurationLoader.load(catalogue, later))
        .withMessage(
            "--set: database.redis.host: given later than database.redis.url (expected: one of the"
                + " two)");
  }

  @Test
  void aUrlMayStandInAFile(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(folder.resolve("c.yaml"), "database: {redis: {url: \"redis://h\"}}");
    Catalogue catalogue =
        new Catalogue(driver.settings(), List.of(driver::check), List::of, List.of(), _ -> false);

    assertThat(
            ConfigurationLoader.load(catalogue, new Sources(file, Map.of(), List.of()))
                .get(RedisSettings.URL))
        .hasToString("redis://h:6379");
  }

  @Test
  void aPasswordNeverShows() throws Exception {
    Configuration values = load(Map.of("REDIS_URL", "redis://ann:secret@h"));

    assertThat(RedisSettings.URL.format().show(values.get(RedisSettings.URL)))
        .isEqualTo("redis://ann:***@h:6379");
  }
}
