package io.carillon.conformance.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.kafka.PrivateKafka;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes over Kafka, whose broker is killed and started again. */
class KafkaNodesIT {

  @RegisterExtension final AppNodes nodes = new AppNodes();

  private final PrivateKafka kafka = new PrivateKafka();
  private final Guests guests = new Guests();

  @AfterEach
  void close() {
    guests.close();
    kafka.close();
  }

  @Test
  void publicationsAndMembersReachTheOtherNodeBeforeAndAfterTheBrokerIsKilled() throws Exception {
    nodes.start(2, kafka.uri());
    try (Client alice = Client.connect(nodes.node(1).url()).expectGreeting("Anonymous");
        Client bob = Client.connect(nodes.node(2).url()).expectGreeting("Anonymous")) {
      alice.subscribe("sports");
      bob.subscribe("sports");
      guests.joinAll(nodes.node(1), "presence-room", "ann-", 3);
      guests.joinAll(nodes.node(2), "presence-room", "bob-", 3);
      guests.awaitAllKnowEachOther();
      alice.publish("sports", "before").expect("[sports] Anonymous: before");
      bob.expect("[sports] Anonymous: before");
      Picture before = Picture.of(guests.present());

      kafka.kill();

      for (Node node : nodes.alive()) {
        node.awaitLog("No connection to " + kafka.uri());
      }
      nodes.requireAnswers(nodes.alive(), before);
      kafka.start();
      for (Node node : nodes.alive()) {
        await().atMost(Patience.LIMIT).until(() -> Http.get(node.url(), "/ready").status() == 200);
      }
      bob.publish("sports", "after").expect("[sports] Anonymous: after");
      alice.expect("[sports] Anonymous: after");
      guests.mark(nodes.node(1));
      guests.awaitAllKnowEachOther();
      guests.requireNoContradiction();
      assertThat(nodes.node(1).log()).anyMatch(line -> line.contains("Kafka is back after"));
      nodes.requireAnswers(nodes.alive(), before);
    }
  }
}
