package io.carillon.broker;

import io.carillon.testkit.BreakableBus;
import io.carillon.testkit.OutageContract;
import io.carillon.testkit.OutageFixture;

/** The in-memory bus that goes away keeps every promise about outages. */
final class BreakableBusTest extends OutageContract {

  @Override
  protected OutageFixture newCluster() {
    return new BreakableBus();
  }
}
