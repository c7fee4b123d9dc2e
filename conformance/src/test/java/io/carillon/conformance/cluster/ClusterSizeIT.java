package io.carillon.conformance.cluster;

import io.carillon.conformance.broker.OnlyOverRabbitMq;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Vhost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Any number of nodes. */
@Tag("any-broker")
@Tag("matrix")
class ClusterSizeIT {

  @Test
  void oneTwoThreeAndFiveNodesAreOneServer() {
    try (Cluster cluster = Cluster.of(1).start()) {
      List<Client> clients = new ArrayList<>();
      for (int more : new int[] {0, 1, 1, 2}) {
        cluster.grow(more);
        while (clients.size() < cluster.nodes().size()) {
          int number = clients.size() + 1;
          clients.add(cluster.join(number, "C" + number).subscribe("all"));
        }
        everyoneHearsEveryone(clients);
      }
    }
  }

  private static void everyoneHearsEveryone(List<Client> clients) {
    for (int i = 1; i <= clients.size(); i++) {
      clients.get(i - 1).publish("all", "hello to " + clients.size());
      for (Client each : clients) {
        each.expect("[all] C" + i + ": hello to " + clients.size());
      }
    }
  }

  @Test
  void clustersAtTwoPlacesDoNotMix() {
    try (Cluster red = Cluster.of(1).start();
        Cluster blue = Cluster.of(1).start()) {
      Client alice = red.join(1, "Alice").subscribe("sports");
      Client bob = blue.join(1, "Bob").subscribe("sports");

      alice.publish("sports", "red").expect("[sports] Alice: red");
      alice.send("red, too").expect("[lobby] Alice: red, too");

      bob.publish("sports", "blue").expect("[sports] Bob: blue");
      alice.publish("sports", "again").expect("[sports] Alice: again");
    }
  }

  @OnlyOverRabbitMq
  @Test
  void clustersOnTwoExchangesOfOneVirtualHostDoNotMix() {
    try (Vhost vhost = new RabbitAdmin().createVhost();
        Node red = launch(vhost, "red");
        Node blue = launch(vhost, "blue");
        Client alice = Client.connect(red.awaitReady().url()).expectGreeting("Anonymous");
        Client bob = Client.connect(blue.awaitReady().url()).expectGreeting("Anonymous")) {
      alice.send("red").expect("[lobby] Anonymous: red");
      bob.send("blue").expect("[lobby] Anonymous: blue");
      alice.send("red again").expect("[lobby] Anonymous: red again");
    }
  }

  private static Node launch(Vhost vhost, String exchange) {
    return Node.launch(
        Map.of("RABBITMQ_URL", vhost.uri(), "RABBITMQ_EXCHANGE", exchange, "PORT", "0"));
  }
}
