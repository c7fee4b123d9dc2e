package io.carillon.broker;

import io.carillon.testkit.BreakableBus;
import io.carillon.testkit.BrokerContract;
import io.carillon.testkit.BrokerFixture;

/** The in-memory bus that goes away is a bus like any other while nothing disturbs it. */
final class BreakableBrokerTest extends BrokerContract {

  @Override
  protected BrokerFixture newCluster() {
    return new BreakableBus();
  }
}
