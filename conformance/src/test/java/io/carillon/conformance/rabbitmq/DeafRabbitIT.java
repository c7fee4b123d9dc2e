package io.carillon.conformance.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The connection to RabbitMQ goes deaf without an end: only its heartbeats can tell. */
class DeafRabbitIT {

  /**
   * Ten seconds are what a node promises, so this is one of the few places where a test has to look
   * at a clock. The promise holds for a busy machine too: a second more is the test's own delay.
   * The echo makes sure that the silence begins with the time that is measured, since the AMQP
   * client counts from the last frame that it read.
   */
  private static final Duration PROMISED = Duration.ofSeconds(10);

  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  @Test
  void isNoticedWithinTenSecondsAndMendedByANewConnection() throws Exception {
    RabbitAdmin admin = new RabbitAdmin();
    try (Vhost vhost = admin.createVhost();
        Relay relay = new Relay(admin.host(), admin.port()).plugIn();
        Node node =
            Node.launch(Map.of("RABBITMQ_URL", vhost.uri("127.0.0.1", relay.port())), "--port", "0")
                .awaitReady();
        Client alice = Client.connect(node.url()).expectGreeting("Anonymous")) {
      alice.send("heard").expect("[lobby] Anonymous: heard");
      relay.swallow();
      long start = System.nanoTime();

      node.awaitLog("No connection to");

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMISED.plus(TOLERANCE));
      relay.cut();
      await().atMost(Patience.LIMIT).ignoreExceptions().until(() -> relay.plugIn() != null);
      node.awaitLog("RabbitMQ is back");
      alice.send("heard again").expect("[lobby] Anonymous: heard again");
    }
  }
}
