package io.carillon.adapter.rabbitmq;

import io.carillon.testkit.BrokerContract;
import io.carillon.testkit.BrokerFixture;

/** RabbitMQ keeps every promise of the contract. */
final class RabbitMqBrokerIT extends BrokerContract {

  @Override
  protected BrokerFixture newCluster() {
    return new TestRabbitMq();
  }
}
