package io.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Problem;
import io.carillon.config.Sources;
import io.carillon.config.Sources.Flag;
import io.carillon.server.Parts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node has one driver, however many there are. */
class SeveralDriversTest {

  private final Parts parts = OtherDriver.beside();

  private NodeConfiguration load(Map<String, String> environment, Flag... flags)
      throws InvalidConfigurationException {
    return NodeConfiguration.load(parts, new Sources(null, environment, List.of(flags)));
  }

  @ParameterizedTest
  @CsvSource({
    "OTHER_URL, other://h, other",
    "RABBITMQ_URL, amqp://h, rabbitmq",
    "CARILLON_ADAPTER_DRIVER, local, local"
  })
  void theAddressThatIsGivenChoosesTheDriver(String name, String value, String driver)
      throws Exception {
    NodeConfiguration config = load(Map.of(name, value));

    assertThat(config.server().driver().name()).isEqualTo(driver);
    assertThat(config.effectiveFile()).containsPattern("driver: " + driver + " +# " + name);
  }

  @Test
  void ofTwoAddressesTheDriverThatIsChosenCounts() throws Exception {
    Map<String, String> both =
        Map.of(
            "OTHER_URL", "other://h",
            "RABBITMQ_URL", "amqp://h",
            "CARILLON_ADAPTER_DRIVER", "other");

    assertThat(load(both).server().driver().name()).isEqualTo("other");
  }

  @Test
  void twoAddressesAloneAreRefused() {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> load(Map.of("OTHER_URL", "other://h", "RABBITMQ_URL", "amqp://h")))
        .withMessage(
            "OTHER_URL: adapter.other.url: addresses of rabbitmq and other are given (expected:"
                + " one of them, or adapter.driver)");
  }

  @Test
  void anAddressThatComesLaterThanAnotherDriverIsRefused() {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(
            () ->
                load(
                    Map.of("RABBITMQ_URL", "amqp://h", "CARILLON_ADAPTER_DRIVER", "rabbitmq"),
                    new Flag("--set", "adapter.other.url", "other://h")))
        .withMessage(
            "--set: adapter.other.url: given differently by CARILLON_ADAPTER_DRIVER"
                + " (adapter.driver: rabbitmq) and --set (keep one)");
  }

  @Test
  void whatIsSaidOfDriversNamesAllOfThem() throws Exception {
    NodeCatalogue catalogue = new NodeCatalogue(parts);

    assertThat(catalogue.defaultFile())
        .contains(
            "# driver: (rabbitmq where adapter.rabbitmq.url is given, redis where"
                + " database.redis.url is given, redis-cluster where database.redis.cluster.url is"
                + " given, nats where adapter.nats.servers is given, kafka where"
                + " adapter.kafka.brokers is given, other where adapter.other.url is given,"
                + " else local)");
    assertThat(load(Map.of("REVERB_SCALING_ENABLED", "true")).values().warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "REVERB_SCALING_ENABLED: has no meaning here: nodes are connected by RabbitMQ:"
                + " RABBITMQ_URL, or Redis: REDIS_URL, or Redis Cluster: REDIS_CLUSTER_NODES, or"
                + " NATS: NATS_SERVERS, or Kafka: KAFKA_BROKERS, or Other: OTHER_URL");
  }
}
