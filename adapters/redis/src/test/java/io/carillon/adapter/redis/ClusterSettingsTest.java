package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.adapter.redis.RedisAddress.Login;
import io.carillon.config.Catalogue;
import io.carillon.config.Configuration;
import io.carillon.config.ConfigurationLoader;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Setting;
import io.carillon.config.Sources;
import io.carillon.part.BrokerUri.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSettingsTest {

  private final RedisClusterDriver driver = new RedisClusterDriver();

  private RedisConfig config(Map<String, String> environment) throws InvalidConfigurationException {
    List<Setting<?>> settings = new ArrayList<>(new RedisDriver().settings());
    settings.addAll(driver.settings());
    Catalogue catalogue =
        new Catalogue(settings, List.of(driver::check), List::of, List.of(), _ -> false);
    Configuration values = ConfigurationLoader.load(catalogue, Sources.environment(environment));
    return ClusterSettings.config(values, "cluster", "node-1");
  }

  @Test
  void withoutAnythingTheClusterOfThisMachineIsMeant() throws Exception {
    RedisConfig config = config(Map.of());

    assertThat(config.address()).hasToString("redis+cluster://127.0.0.1:6379");
    assertThat(config.address().pubSub()).isEqualTo(PubSub.SHARDED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis+cluster://ann:secret@h1:7000,h2 | redis+cluster://ann:***@h1:7000,h2:6379",
        "rediss+cluster://h1 | rediss+cluster://h1:6379",
        "h1:7000,h2:7001 | redis+cluster://h1:7000,h2:7001",
        "redis://:secret@h1:7000,redis://h2:7001 | redis+cluster://:***@h1:7000,h2:7001",
        "rediss://h1:7000 | rediss+cluster://h1:7000"
      })
  void addressesAreReadAsSockudoWritesThemToo(String text, String shown) throws Exception {
    assertThat(config(Map.of("REDIS_CLUSTER_NODES", text)).address()).hasToString(shown);
  }

  @Test
  void soketisNodesAreReadAndSockudosLogin() throws Exception {
    RedisAddress address =
        config(
                Map.of(
                    "SOKETI_DB_REDIS_CLUSTER_NODES",
                    "[{\"host\":\"h1\",\"port\":7000},{\"host\":\"h2\",\"port\":7001}]",
                    "DATABASE_REDIS_CLUSTER_USERNAME",
                    "ann",
                    "DATABASE_REDIS_CLUSTER_PASSWORD",
                    "secret",
                    "DATABASE_REDIS_CLUSTER_USE_TLS",
                    "true"))
            .address();

    assertThat(address.hosts()).containsExactly(new Host("h1", 7000), new Host("h2", 7001));
    assertThat(address.login()).isEqualTo(new Login("ann", "secret"));
    assertThat(address.tls()).isTrue();
  }

  @Test
  void aPrefixWithBracesIsRefusedBecauseAllChannelsWouldShareASlot() {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(
            () ->
                config(Map.of("REDIS_CLUSTER_NODES", "h", "SOKETI_ADAPTER_REDIS_PREFIX", "{all}:")))
        .withMessageContaining("they would put all channels into one slot");
  }

  @Test
  void aPathBehindTheHostsIsRefused() {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> config(Map.of("REDIS_CLUSTER_NODES", "redis+cluster://h/2")))
        .withMessageContaining("a cluster has one database");
  }
}
