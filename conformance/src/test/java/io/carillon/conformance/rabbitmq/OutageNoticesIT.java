package io.carillon.conformance.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.node.Node;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients are told while RabbitMQ is out of reach; their connections stay. */
class OutageNoticesIT {

  /** Bytes that no heartbeat has, and every publish. */
  private static final int AN_ENVELOPE = 64;

  private final RabbitAdmin admin = new RabbitAdmin();
  private final Vhost vhost = admin.createVhost();
  private final Relay relay;
  private final Node node;

  OutageNoticesIT() throws Exception {
    relay = new Relay(admin.host(), admin.port());
    node = Node.launch(Map.of("RABBITMQ_URL", vhost.uri("127.0.0.1", relay.port())), "--port", "0");
  }

  @BeforeEach
  void start() throws Exception {
    relay.plugIn();
    node.awaitReady();
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
    relay.close();
    vhost.close();
  }

  @Test
  void saysThatTheBusIsAwayAndWorksAgainWhenItIsBack() throws Exception {
    try (Client alice = Client.connect(node.url()).expectGreeting("Anonymous")) {
      relay.cut();
      node.awaitLog("No connection to");

      alice.send("anyone?").expect("System: Message bus is unavailable.");
      alice
          .sendSubscribe("sports")
          .expect("System: Unable to subscribe to \"sports\" right now.")
          .send("{\"action\":\"list\"}")
          .expect("System: Current subscriptions: lobby");
      assertThat(Http.get(node.url(), "/up").status()).isEqualTo(200);
      assertThat(Http.get(node.url(), "/ready").status()).isEqualTo(404);

      relay.plugIn();
      node.awaitLog("RabbitMQ is back");
      alice.subscribe("sports").publish("sports", "again").expect("[sports] Anonymous: again");
      alice.send("again").expect("[lobby] Anonymous: again");
    }
  }

  @Test
  void saysThatNobodyKnowsWhatBecameOfAMessageThatWasUnderWay() throws Exception {
    try (Client alice = Client.connect(node.url()).expectGreeting("Anonymous")) {
      relay.swallow();
      alice.send("into the dark");
      relay.awaitSwallowed(AN_ENVELOPE);
      relay.cut();

      alice.expect("System: Unable to process that message right now.");
    }
  }

  @Test
  void refusesASubscribeThatRabbitDoesNotAnswer() throws Exception {
    try (Client alice = Client.connect(node.url()).expectGreeting("Anonymous")) {
      relay.swallow();

      alice.sendSubscribe("sports").expect("System: Unable to subscribe to \"sports\" right now.");
    }
  }

  @Test
  void closesANewcomerWhoCannotJoinTheLobby() throws Exception {
    relay.swallow();
    try (Client alice = Client.connect(node.url())) {
      alice.expect(
          "Welcome, Anonymous!", "System: Server initialization failed for this connection.");
      assertThat(alice.awaitClose()).isEqualTo(1011);
    }
  }
}
