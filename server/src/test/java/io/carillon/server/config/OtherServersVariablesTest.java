package io.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.app.App;
import io.carillon.app.AppFeatures.Feature;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Problem;
import io.carillon.config.Sources;
import io.carillon.protocol.pusher.frontend.PusherSettings;
import io.carillon.server.Parts;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables of other servers about a node's port, TLS and broker. */
class OtherServersVariablesTest {

  @Test
  void reverbsVariablesArriveWithThoseOfItsListener() throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("REVERB_APP_ID", "a");
    environment.put("REVERB_APP_KEY", "k");
    environment.put("REVERB_APP_SECRET", "s");
    environment.put("REVERB_APP_MAX_CONNECTIONS", "5");
    environment.put("REVERB_APP_ACTIVITY_TIMEOUT", "30");
    environment.put("REVERB_APP_MAX_MESSAGE_SIZE", "10000");
    environment.put("REVERB_APP_ACCEPT_CLIENT_EVENTS_FROM", "members");
    environment.put("REVERB_APP_PING_INTERVAL", "60");
    environment.put("REVERB_SERVER_HOST", "0.0.0.0");
    environment.put("REVERB_SERVER_PORT", "8081");

    NodeConfiguration config = load(environment);

    App app = PusherSettings.config(config.values()).apps().getFirst();
    assertThat(app.limits().maxConnections()).isEqualTo(5);
    assertThat(app.features().has(Feature.CLIENT_EVENTS)).isTrue();
    assertThat(PusherSettings.config(config.values()).activityTimeout())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(config.server().transport().maxMessageBytes()).isEqualTo(10_000);
    assertThat(config.server().transport().host()).isEqualTo("0.0.0.0");
    assertThat(config.server().transport().port()).isEqualTo(8081);
    assertThat(config.values().warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "REVERB_APP_PING_INTERVAL: has no meaning here: limits.heartbeat says how often"
                + " clients are pinged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REVERB_SCALING_ENABLED | true | nodes are connected by RabbitMQ: RABBITMQ_URL, or Redis:"
            + " REDIS_URL, or Redis Cluster: REDIS_CLUSTER_NODES, or NATS: NATS_SERVERS, or Kafka:"
            + " KAFKA_BROKERS",
        "SSL_ENABLED | TRUE | CARILLON_TLS_CERTIFICATE and CARILLON_TLS_KEY turn TLS on"
      })
  void variablesOfOthersThatAreNotReadSayWhatToDoInstead(String name, String value, String instead)
      throws Exception {
    assertThat(load(Map.of(name, value)).values().warnings())
        .extracting(Problem::toString)
        .containsExactly(name + ": has no meaning here: " + instead);
  }

  @ParameterizedTest
  @CsvSource({
    "REVERB_SCALING_ENABLED, false",
    "SSL_ENABLED, false",
    "SSL_ENABLED, 0",
    "ADAPTER_DRIVER, local",
    "ADAPTER_DRIVER, Redis",
    "CACHE_DRIVER, redis",
    "QUEUE_DRIVER, redis",
    "REVERB_HOST, chat.example.com"
  })
  void variablesThatChangeNothingOrAreOfOtherSoftwareAreNotWarnedOf(String name, String value)
      throws Exception {
    assertThat(load(Map.of(name, value)).values().warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ADAPTER_DRIVER", "SOKETI_ADAPTER_DRIVER"})
  void theirDriverIsTheNodesDriverWhereItExists(String name) throws Exception {
    assertThat(load(Map.of(name, "redis")).server().driver().name()).isEqualTo("redis");
    assertThat(load(Map.of(name, "pulsar")).values().warnings())
        .extracting(Problem::toString)
        .containsExactly(
            name
                + ": \"pulsar\" is no driver here; ignored (CARILLON_ADAPTER_DRIVER sets"
                + " adapter.driver)");
  }

  @Test
  void aDriverWithoutItsAddressIsRefused() {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> load(Map.of("ADAPTER_DRIVER", "rabbitmq")))
        .withMessageContaining("rabbitmq without an address");
  }

  private static NodeConfiguration load(Map<String, String> environment) throws Exception {
    return NodeConfiguration.load(Parts.standard(), Sources.environment(environment));
  }
}
