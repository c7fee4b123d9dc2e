package io.carillon.broker;

import io.carillon.message.Incarnation;
import io.carillon.testkit.BrokerContract;
import io.carillon.testkit.BrokerFixture;

/** The broker of a single process keeps every promise of the contract. */
final class InMemoryBrokerTest extends BrokerContract {

  @Override
  protected BrokerFixture newCluster() {
    return new Bus(new InMemoryBus());
  }

  private record Bus(InMemoryBus bus) implements BrokerFixture {
    @Override
    public Broker connect(Incarnation node) {
      return bus.connect();
    }

    @Override
    public void close() {
      bus.close();
    }
  }
}
