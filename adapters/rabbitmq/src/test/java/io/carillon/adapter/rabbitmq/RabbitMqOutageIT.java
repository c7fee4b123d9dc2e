package io.carillon.adapter.rabbitmq;

import io.carillon.testkit.OutageContract;
import io.carillon.testkit.OutageFixture;

/** RabbitMQ goes away and comes back as the contract asks. */
final class RabbitMqOutageIT extends OutageContract {

  @Override
  protected OutageFixture newCluster() {
    return TestRabbitMq.outages();
  }
}
