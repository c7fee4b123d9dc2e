package io.carillon.conformance.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.broker.PrivateBroker;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two nodes over a server of each kind that is killed and started again: messages of the topics
 * protocol and members of the Pusher protocol cross before and afterwards. Over RabbitMQ all suites
 * run anyway.
 */
class EachBrokerIT {

  @RegisterExtension final AppNodes nodes = new AppNodes();

  private final Guests guests = new Guests();

  @AfterEach
  void close() {
    guests.close();
  }

  @ParameterizedTest
  @EnumSource(names = "RABBITMQ", mode = EnumSource.Mode.EXCLUDE)
  void messagesAndMembersCrossBeforeAndAfterTheServerIsKilled(BrokerKind kind) throws Exception {
    try (PrivateBroker broker = kind.own()) {
      nodes.start(2, broker.uriOfImpatientNodes());
      try (Client alice = client(1, "Alice").subscribe("sports");
          Client bob = client(2, "Bob").subscribe("sports")) {
        guests.joinAll(nodes.node(1), "presence-room", "ann-", 3);
        guests.joinAll(nodes.node(2), "presence-room", "bob-", 3);
        guests.awaitAllKnowEachOther();
        alice.publish("sports", "before").expect("[sports] Alice: before");
        bob.expect("[sports] Alice: before");
        Picture before = Picture.of(guests.present());
        nodes.requireAnswers(nodes.alive(), before);
        Hearing hearing = new Hearing(new ArrayList<>(guests.present()));

        broker.kill();

        nodes.alive().forEach(node -> awaitReadiness(node, 404));
        nodes.requireAnswers(nodes.alive(), before);
        broker.start();
        for (Node node : nodes.alive()) {
          awaitReadiness(node, 200);
          assertThat(node.awaitLog(" is back after ")).contains("topics are bound again");
        }
        bob.publish("sports", "after").expect("[sports] Bob: after");
        alice.expect("[sports] Bob: after");
        guests.mark(nodes.node(1));
        hearing.requireSilence();
        nodes.requireAnswers(nodes.alive(), before);
      }
    }
    guests.requireNoContradiction();
  }

  private Client client(int node, String name) {
    return Client.connect(nodes.node(node).url().resolve("/?name=" + name)).expectGreeting(name);
  }

  private static void awaitReadiness(Node node, int status) {
    await().atMost(Patience.LIMIT).until(() -> Http.get(node.url(), "/ready").status() == status);
  }
}
