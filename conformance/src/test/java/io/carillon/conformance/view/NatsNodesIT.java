package io.carillon.conformance.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.nats.PrivateNats;
import io.carillon.conformance.node.Node;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Two nodes over NATS, whose server is killed and started again. */
@Isolated("a fault that has to be noticed in time")
class NatsNodesIT {

  @RegisterExtension final AppNodes nodes = new AppNodes();

  private final PrivateNats nats = new PrivateNats();
  private final Guests guests = new Guests();

  @AfterEach
  void close() {
    guests.close();
    nats.close();
  }

  @Test
  void publicationsAndMembersReachTheOtherNodeBeforeAndAfterTheServerIsKilled() throws Exception {
    nodes.start(2, nats.uri());
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

      nats.kill();

      for (Node node : nodes.alive()) {
        node.awaitLog("No connection to " + nats.uri());
      }
      nodes.requireAnswers(nodes.alive(), before);
      nats.start();
      for (Node node : nodes.alive()) {
        await().atMost(Patience.LIMIT).until(() -> Http.get(node.url(), "/ready").status() == 200);
      }
      bob.publish("sports", "after").expect("[sports] Anonymous: after");
      alice.expect("[sports] Anonymous: after");
      guests.mark(nodes.node(1));
      guests.awaitAllKnowEachOther();
      guests.requireNoContradiction();
      assertThat(nodes.node(1).log()).anyMatch(line -> line.contains("NATS is back after"));
      nodes.requireAnswers(nodes.alive(), before);
    }
  }
}
