package io.carillon.testkit;

import io.carillon.broker.Broker;
import io.carillon.broker.InMemoryBus;
import io.carillon.message.Incarnation;

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
