package io.carillon.adapter.nats;

import io.carillon.testkit.BrokerContract;
import io.carillon.testkit.BrokerFixture;

/** NATS keeps every promise of the contract. */
final class NatsBrokerIT extends BrokerContract {

  @Override
  protected BrokerFixture newCluster() {
    return new TestNats();
  }
}
