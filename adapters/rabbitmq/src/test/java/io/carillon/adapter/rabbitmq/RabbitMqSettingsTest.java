package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.config.Catalogue;
import io.carillon.config.Configuration;
import io.carillon.config.ConfigurationLoader;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import io.carillon.part.WireMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RabbitMqSettingsTest {

  private final RabbitMqDriver driver = new RabbitMqDriver();

  private Configuration load(Map<String, String> environment) throws InvalidConfigurationException {
    Catalogue catalogue =
        new Catalogue(driver.settings(), List.of(driver::check), List::of, List.of(), _ -> false);
    return ConfigurationLoader.load(catalogue, Sources.environment(environment));
  }

  @Test
  void everyKeyArrives() throws Exception {
    Configuration values =
        load(
            Map.of(
                "RABBITMQ_URL", "amqps://ann:secret@h/v",
                "RABBITMQ_EXCHANGE", "e",
                "CARILLON_WIRE", "transition",
                "CARILLON_ADAPTER_RABBITMQ_QUEUE", "1MiB",
                "CARILLON_ADAPTER_RABBITMQ_PREFETCH", "7",
                "CARILLON_ADAPTER_RABBITMQ_CONFIRM_SUBSCRIPTIONS", "on"));

    RabbitMqConfig config = RabbitMqSettings.config(values, "cluster", "node-1");
    assertThat(config.uri()).hasToString("amqps://ann:***@h:5671/v");
    assertThat(config.exchange()).isEqualTo("e");
    assertThat(config.cluster()).isEqualTo("cluster");
    assertThat(config.node()).isEqualTo("node-1");
    assertThat(config.queueBytes()).isEqualTo(1 << 20);
    assertThat(config.prefetch()).isEqualTo(7);
    assertThat(config.confirming()).isEqualTo(ConfirmSubscriptions.ON);
    assertThat(driver.wire().map(values::get)).contains(WireMode.TRANSITION);
  }

  @Test
  void anExchangeOfRabbitMqsOwnIsRefused() {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> load(Map.of("RABBITMQ_EXCHANGE", "amq.topic")))
        .withMessage(
            "RABBITMQ_EXCHANGE: adapter.rabbitmq.exchange: \"amq.topic\" (expected: at most 200"
                + " bytes, not starting with amq.)");
  }
}
