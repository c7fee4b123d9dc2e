package io.carillon.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.node.Nodes;
import io.carillon.conformance.proxy.HaProxy;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Relay;
import io.carillon.conformance.rabbitmq.Vhost;
import io.carillon.conformance.swarm.Swarm;
import io.carillon.conformance.swarm.SwarmClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** One of two nodes behind a real HAProxy loses its way to the broker. */
@Isolated("a fault that has to be noticed in time")
class CutOffNodeDrillIT {

  private static final int CLIENTS = 20;

  @Test
  void keepsItsClientsAndGetsNoNewOnesUntilItIsBack() throws Exception {
    Vhost vhost = new RabbitAdmin().createVhost();
    RabbitAdmin admin = vhost.admin();
    try (vhost;
        Relay relay = new Relay(admin.host(), admin.port()).plugIn();
        Nodes nodes = Nodes.launch(List.of(vhost.uri(), vhost.uri("127.0.0.1", relay.port())));
        HaProxy balancer = HaProxy.start(Ports.free(), addresses(nodes), List.of());
        Swarm swarm = new Swarm()) {
      balancer.awaitStatus("websockets", "node-1", "UP");
      balancer.awaitStatus("websockets", "node-2", "UP");
      List<SwarmClient> clients = swarm.join(balancer.url(), "old", CLIENTS);
      long before = balancer.sessions("websockets", "node-2");
      assertThat(before).as("clients of the node that is cut off").isPositive();

      relay.cut();
      balancer.awaitStatus("websockets", "node-2", "NOLB");
      swarm.join(balancer.url(), "meanwhile", CLIENTS);
      assertThat(balancer.sessions("websockets", "node-2")).as("no new ones").isEqualTo(before);

      relay.plugIn();
      balancer.awaitStatus("websockets", "node-2", "UP");
      awaitNewClients(balancer, swarm, before);
      assertThat(Swarm.endings(clients)).as("clients that were cut").isEmpty();
    }
  }

  /** HAProxy gives a node that is back its share of new clients within ten seconds. */
  private static void awaitNewClients(HaProxy balancer, Swarm swarm, long before) {
    await()
        .atMost(Patience.LIMIT)
        .until(
            () -> {
              swarm.join(balancer.url(), "new", 1);
              return balancer.sessions("websockets", "node-2") > before;
            });
  }

  private static List<String> addresses(Nodes nodes) {
    return nodes.all().stream().map(number -> nodes.node(number).url().getAuthority()).toList();
  }
}
