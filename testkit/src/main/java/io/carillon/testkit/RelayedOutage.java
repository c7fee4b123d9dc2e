package io.carillon.testkit;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import java.net.InetSocketAddress;
import java.util.function.IntFunction;

/**
 * A cluster of nodes that connect to a real broker by two relays: one can be cut and stalled, and
 * the other one is for nodes that notice nothing of that. A restart ends all connections, and with
 * them everything that a node has in a broker that stores nothing.
 */
public final class RelayedOutage implements OutageFixture {

  private final InetSocketAddress server;
  private final IntFunction<Broker> nodes;
  private final Runnable forget;
  private Relay disturbed;
  private Relay aside;

  /**
   * @param server the broker
   * @param nodes makes a node's broker that is not started and connects to a port of 127.0.0.1
   * @param forget deletes what is left of the cluster in the broker when no node is connected
   */
  public RelayedOutage(InetSocketAddress server, IntFunction<Broker> nodes, Runnable forget) {
    this.server = server;
    this.nodes = nodes;
    this.forget = forget;
    this.disturbed = Relay.to(server);
    this.aside = Relay.to(server);
  }

  @Override
  public Broker connect(Incarnation node) {
    return nodes.apply(disturbed.port());
  }

  @Override
  public Broker connectAside(Incarnation node) {
    return nodes.apply(aside.port());
  }

  @Override
  public void cut() {
    disturbed.stop();
  }

  @Override
  public void stall() {
    disturbed.stall();
  }

  @Override
  public void heal() {
    disturbed.resume();
    if (disturbed.isStopped()) {
      disturbed = Relay.to(server, disturbed.port());
    }
  }

  @Override
  public void restart() {
    close();
    disturbed = Relay.to(server, disturbed.port());
    aside = Relay.to(server, aside.port());
  }

  @Override
  public void close() {
    disturbed.stop();
    aside.stop();
    forget.run();
  }
}
