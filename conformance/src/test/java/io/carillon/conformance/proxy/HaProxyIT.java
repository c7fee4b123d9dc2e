package io.carillon.conformance.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.machine.Project;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which node gets a new client, also while nodes are added and taken away at run time. */
class HaProxyIT {

  private static final String BACKEND = "websockets";
  private static final Pattern BALANCER_METRIC = Pattern.compile("haproxy_\\w+");

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

  /** The alerts and the dashboard read these. */
  @Test
  void prometheusReadsTheBalancersOwnMetrics() throws IOException {
    List<String> nodes = PrintedConfiguration.addresses(cluster.nodes());
    String place = "127.0.0.1:" + Ports.free();
    URI url = URI.create("ws://" + place);
    try (HaProxy balancer = HaProxy.start(Ports.free(), nodes, List.of("--metrics=" + place))) {
      join(balancer, 1);

      assertThat(Http.get(url, "/metrics").body())
          .contains("haproxy_server_status{proxy=\"websockets\",server=\"node-1\",state=\"UP\"} 1")
          .contains(metricsInUse());
      assertThat(Http.get(url, "/").status()).isEqualTo(404);
    }
  }

  private static List<String> metricsInUse() throws IOException {
    List<String> names = new ArrayList<>();
    for (String file : List.of("prometheus/alerts.yml", "grafana/carillon.json")) {
      String text = Files.readString(Project.root().resolve("packaging").resolve(file));
      BALANCER_METRIC.matcher(text).results().map(MatchResult::group).forEach(names::add);
    }
    assertThat(names).hasSizeGreaterThan(6);
    return names;
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
