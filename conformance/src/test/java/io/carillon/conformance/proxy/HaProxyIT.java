package io.carillon.conformance.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which node gets a new client, also while nodes are added and taken away at run time. */
class HaProxyIT {

  private static final String BACKEND = "websockets";

  @RegisterExtension static final Cluster cluster = Cluster.of(2);

  private final List<Client> clients = new ArrayList<>();

  @AfterEach
  void close() {
    clients.forEach(Client::close);
  }

  private void join(HaProxy balancer, int count) {
    for (int i = 0; i < count; i++) {
      clients.add(Client.connect(balancer.url()).expectGreeting("Anonymous"));
    }
  }

  @Test
  void aNewClientGoesToTheNodeWithTheFewest() {
    List<String> nodes = PrintedConfiguration.addresses(cluster.nodes());
    try (HaProxy balancer = HaProxy.start(Ports.free(), nodes, List.of())) {
      join(balancer, 10);
      assertThat(balancer.sessions(BACKEND, "node-1")).isEqualTo(5);

      balancer.command("set server websockets/node-2 state maint");
      join(balancer, 5);
      balancer.command("set server websockets/node-2 state ready");
      balancer.awaitStatus(BACKEND, "node-2", "UP");
      join(balancer, 1);
      assertThat(balancer.sessions(BACKEND, "node-1")).isEqualTo(10);
      assertThat(balancer.sessions(BACKEND, "node-2")).isEqualTo(6);
    }
  }

  /** The alerts read these. */
  @Test
  void prometheusReadsTheBalancersOwnMetrics() {
    List<String> nodes = PrintedConfiguration.addresses(cluster.nodes());
    String place = "127.0.0.1:" + Ports.free();
    URI url = URI.create("ws://" + place);
    try (HaProxy balancer = HaProxy.start(Ports.free(), nodes, List.of("--metrics=" + place))) {
      join(balancer, 1);

      assertThat(Http.get(url, "/metrics").body())
          .contains("haproxy_server_status{proxy=\"websockets\",server=\"node-1\",state=\"UP\"} 1")
          .contains("haproxy_process_current_connections ")
          .contains("haproxy_process_max_connections ");
      assertThat(Http.get(url, "/").status()).isEqualTo(404);
    }
  }

  /** By the commands in the comments of the printed configuration. */
  @Test
  void aNodeIsAddedAndTakenAwayAtRunTime() {
    List<String> nodes = PrintedConfiguration.addresses(cluster.nodes());
    int port = Ports.free();
    PrintedConfiguration printed =
        PrintedConfiguration.of("haproxy", port, nodes.subList(0, 1), List.of());
    List<String> commands =
        printed
            .toString()
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("#   ") && line.contains("node-9"))
            .map(line -> line.substring(4).replace("10.0.0.19:8080", nodes.get(1)))
            .toList();
    assertThat(commands).hasSize(4);
    try (HaProxy balancer = HaProxy.start(port, printed)) {
      join(balancer, 2);
      commands.forEach(balancer::command);
      await()
          .atMost(Patience.LIMIT)
          .until(() -> !balancer.status("api", "node-9").startsWith("DOWN"));
      balancer.awaitStatus(BACKEND, "node-9", "UP");
      join(balancer, 2);
      assertThat(balancer.sessions(BACKEND, "node-9")).as("the new node's").isEqualTo(2);

      balancer.command("set server websockets/node-9 state drain");
      join(balancer, 2);
      assertThat(balancer.sessions(BACKEND, "node-9")).as("no new one").isEqualTo(2);
      assertThat(clients).noneMatch(Client::isClosed);
    }
  }
}
