package io.carillon.adapter.kit.tcp;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import io.carillon.testkit.BrokerContract;
import io.carillon.testkit.BrokerFixture;

/** An adapter that has nothing of AMQP keeps every promise of the contract. */
final class TcpBrokerTest extends BrokerContract {

  @Override
  protected BrokerFixture newCluster() {
    TcpDoor door = new TcpRelay().door();
    return new BrokerFixture() {
      @Override
      public Broker connect(Incarnation node) {
        return new TcpBroker(door.address());
      }

      @Override
      public void close() {
        door.close();
      }
    };
  }
}
