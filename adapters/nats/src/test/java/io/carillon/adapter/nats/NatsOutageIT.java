package io.carillon.adapter.nats;

import io.carillon.testkit.OutageContract;
import io.carillon.testkit.OutageFixture;

/** NATS goes away and comes back as the contract asks. */
final class NatsOutageIT extends OutageContract {

  @Override
  protected OutageFixture newCluster() {
    return TestNats.outages();
  }
}
