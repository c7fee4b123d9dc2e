package io.carillon.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.broker.BrokerPlace;
import io.carillon.conformance.load.Account;
import io.carillon.conformance.load.Fate;
import io.carillon.conformance.load.Ledger;
import io.carillon.conformance.load.Message;
import io.carillon.conformance.load.Sums;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.proxy.HaProxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Three nodes behind a real HAProxy are restarted one after the other while a backend publishes
 * through it. Clients that are connected miss nothing of what was accepted.
 */
@Isolated("restarts that have to be noticed in time")
class RollingRestartDrillIT {

  private static final int NODES = 3;
  private static final int CLIENTS = 50;
  private static final String TOPIC = "news";

  private final BrokerPlace broker = BrokerKind.chosen().place();
  private final List<Integer> ports =
      IntStream.range(0, NODES).mapToObj(_ -> Ports.free()).toList();
  private final List<Node> nodes = new ArrayList<>();
  private final List<ReturningClient> clients = new ArrayList<>();

  private Node launch(int index) {
    return Node.launch(
        Map.of(Node.brokerVariable(broker.uri()), broker.uri()),
        "--port",
        ports.get(index) + "",
        "--node-id",
        "n" + index,
        "--drain-announce",
        "1500ms",
        "--drain-window",
        "500ms",
        "--set",
        "topics.publish_keys=" + Poster.KEY);
  }

  @AfterEach
  void close() {
    clients.forEach(ReturningClient::close);
    nodes.forEach(Node::close);
    broker.close();
  }

  @Test
  void connectedClientsMissNothingAndHearNothingTwice() throws Exception {
    IntStream.range(0, NODES).forEach(index -> nodes.add(launch(index)));
    nodes.forEach(Node::awaitReady);
    List<String> addresses = nodes.stream().map(node -> node.url().getAuthority()).toList();
    try (HaProxy balancer = HaProxy.start(Ports.free(), addresses, List.of())) {
      awaitUp(balancer);
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new ReturningClient(balancer.url(), TOPIC, "client-" + i));
      }
      awaitSubscribed();
      try (Poster poster = new Poster(balancer.url(), TOPIC)) {
        for (int index = 0; index < NODES; index++) {
          assertThat(nodes.get(index).stop()).isIn(0, 143);
          nodes.set(index, launch(index).awaitReady());
          awaitUp(balancer);
        }
        awaitSubscribed();
        requireClosed(poster.end());
      }
    }
  }

  private void awaitUp(HaProxy balancer) {
    for (int number = 1; number <= NODES; number++) {
      balancer.awaitStatus("websockets", "node-" + number, "UP");
      balancer.awaitStatus("api", "node-" + number, "UP");
    }
  }

  private void awaitSubscribed() {
    await()
        .atMost(Patience.LIMIT)
        .until(() -> clients.stream().allMatch(ReturningClient::isSubscribed));
  }

  private void requireClosed(List<Message> messages) {
    int last = messages.getLast().id();
    await()
        .atMost(Patience.LIMIT)
        .until(() -> clients.stream().allMatch(client -> client.heard().contains(last)));
    List<Account> accounts =
        clients.stream().flatMap(client -> client.accounts().stream()).toList();
    Sums sums = new Ledger(messages, Map.of(), List.of()).close(accounts);
    int returns = clients.stream().mapToInt(ReturningClient::returns).sum();
    System.out.printf("rolling restart: %d returns%n%s%n", returns, sums.table());
    sums.requireNoOffence();
    assertThat(sums.count(Fate.HEARD)).as("accepted: all of them").isEqualTo(messages.size());
    for (ReturningClient client : clients) {
      assertThat(client.heard()).as("heard twice").hasSize(new HashSet<>(client.heard()).size());
    }
    assertThat(returns).as("each node's clients came back").isGreaterThanOrEqualTo(CLIENTS);
    assertThat(clients.stream().mapToInt(ReturningClient::refused).sum())
        .as("connects that failed")
        .isZero();
  }
}
