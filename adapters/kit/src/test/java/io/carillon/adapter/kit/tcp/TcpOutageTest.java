package io.carillon.adapter.kit.tcp;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import io.carillon.testkit.OutageContract;
import io.carillon.testkit.OutageFixture;

/** The kit alone, over plain TCP, keeps every promise about outages. */
final class TcpOutageTest extends OutageContract {

  @Override
  protected OutageFixture newCluster() {
    return new Cluster(new TcpRelay());
  }

  /** Nodes come through one of two doors, of which one is disturbed. */
  private static final class Cluster implements OutageFixture {

    private final TcpRelay relay;
    private final TcpDoor disturbed;
    private final TcpDoor aside;

    Cluster(TcpRelay relay) {
      this.relay = relay;
      this.disturbed = relay.door();
      this.aside = relay.door();
    }

    @Override
    public Broker connect(Incarnation node) {
      return new TcpBroker(disturbed.address());
    }

    @Override
    public Broker connectAside(Incarnation node) {
      return new TcpBroker(aside.address());
    }

    @Override
    public void cut() {
      disturbed.shut();
    }

    @Override
    public void stall() {
      disturbed.stall();
    }

    @Override
    public void heal() {
      disturbed.resume();
      disturbed.open();
    }

    @Override
    public void restart() {
      disturbed.shut();
      aside.shut();
      relay.forgetSubscriptions();
      disturbed.open();
      aside.open();
    }

    @Override
    public void close() {
      disturbed.close();
      aside.close();
    }
  }
}
