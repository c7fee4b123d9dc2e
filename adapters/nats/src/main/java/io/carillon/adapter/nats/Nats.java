package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Vendor;
import io.carillon.broker.BrokerConfigurationException;
import java.util.Optional;

/**
 * NATS and its failures, in words for operators.
 *
 * @param config the configuration that advice names
 */
record Nats(NatsConfig config) implements Vendor {

  @Override
  public String name() {
    return "NATS";
  }

  @Override
  public String id() {
    return "nats";
  }

  @Override
  public String reason(Throwable failure) {
    return Failures.reason(failure);
  }

  @Override
  public String explain(Throwable failure) {
    return Failures.explain(failure, config);
  }

  @Override
  public Optional<BrokerConfigurationException> configuration(Throwable failure) {
    return Failures.configuration(failure, config);
  }
}
