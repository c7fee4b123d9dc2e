package io.carillon.adapter.kafka;

import io.carillon.testkit.BrokerContract;
import io.carillon.testkit.BrokerFixture;

/** Kafka keeps every promise of the contract. */
final class KafkaBrokerIT extends BrokerContract {

  @Override
  protected BrokerFixture newCluster() {
    return new TestKafka();
  }
}
