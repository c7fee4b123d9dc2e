package io.carillon.adapter.nats;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import io.carillon.testkit.BrokerFixture;
import io.carillon.testkit.KnownNodes;
import java.util.concurrent.atomic.AtomicInteger;

/** A cluster whose nodes are connected to two servers by turns. */
final class ServersApart implements BrokerFixture {

  private final NatsServers servers;
  private final TestNats cluster = new TestNats();
  private final KnownNodes nodes = KnownNodes.none();
  private final AtomicInteger count = new AtomicInteger();

  ServersApart(NatsServers servers) {
    this.servers = servers;
  }

  @Override
  public Broker connect(Incarnation node) {
    int server = count.getAndIncrement() % 2;
    Broker broker = TestNats.broker(cluster.config(servers.at(server)));
    broker.meet(nodes.add(node).besides(node));
    return broker;
  }

  @Override
  public void close() {
    cluster.close();
  }
}
