package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Vendor;
import io.carillon.broker.BrokerConfigurationException;
import java.util.Optional;

/**
 * Redis and its failures, in words for operators.
 *
 * @param config the configuration that advice names
 */
record Redis(RedisConfig config) implements Vendor {

  @Override
  public String name() {
    return "Redis";
  }

  @Override
  public String id() {
    return "redis";
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
    return Failures.advice(failure, config)
        .map(advice -> new BrokerConfigurationException("Redis: " + advice, failure));
  }
}
