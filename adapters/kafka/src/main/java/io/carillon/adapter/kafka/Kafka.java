package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.Vendor;
import io.carillon.broker.BrokerConfigurationException;
import java.util.Optional;

/**
 * Kafka and its failures, in words for operators.
 *
 * @param config the configuration that advice names
 */
record Kafka(KafkaConfig config) implements Vendor {

  @Override
  public String name() {
    return "Kafka";
  }

  @Override
  public String id() {
    return "kafka";
  }

  @Override
  public String reason(Throwable failure) {
    return Failures.reason(failure);
  }

  @Override
  public String explain(Throwable failure) {
    return Failures.advice(failure, config).orElseGet(() -> Failures.reason(failure));
  }

  @Override
  public Optional<BrokerConfigurationException> configuration(Throwable failure) {
    return Failures.configuration(failure, config);
  }
}
