package io.carillon.conformance.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.node.Command;
import io.carillon.conformance.node.Node;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * RabbitMQ is short of memory and stops to take publications. Publishers are told; everything else
 * goes on.
 */
@Tag("matrix")
class MemoryAlarmIT {

  private static final String REFUSED = "System: Message bus is unavailable.";

  @Test
  void publishersAreToldAndEverythingElseGoesOn() throws Exception {
    try (PrivateRabbitMq rabbit = new PrivateRabbitMq();
        Node node =
            Node.launch(
                    Map.of("RABBITMQ_URL", rabbit.uri()), "--port", "0", "--drain-announce", "0s")
                .awaitReady();
        Client alice = Client.connect(node.url()).expectGreeting("Anonymous")) {
      rabbit.memoryAlarm(true);
      assertThatDoctorSaysSo(rabbit);

      // RabbitMQ says so when the first message comes, here a node's probe of itself.
      node.awaitLog("takes no publications");
      alice.send("refused").expect(REFUSED);
      alice.subscribe("while blocked");
      assertThat(Http.get(node.url(), "/ready").status()).isEqualTo(200);

      rabbit.memoryAlarm(false);
      node.awaitLog("takes publications again");
      alice.send("accepted").expect("[lobby] Anonymous: accepted");
      alice.publish("while blocked", "here").expect("[while blocked] Anonymous: here");
      assertThat(node.log()).noneMatch(line -> line.contains("No connection to"));
    }
  }

  /**
   * RabbitMQ says so once to each connection, and a node's first message is a probe. The node takes
   * clients when it has waited 15 s for its own heartbeat, so the test is long.
   */
  @Test
  void aNodeThatConnectsDuringAnAlarmTellsPublishersToo() throws Exception {
    try (PrivateRabbitMq rabbit = new PrivateRabbitMq()) {
      rabbit.memoryAlarm(true);
      try (Node node =
              Node.launch(
                      Map.of("RABBITMQ_URL", rabbit.uri()), "--port", "0", "--drain-announce", "0s")
                  .awaitReady();
          Client alice = Client.connect(node.url()).expectGreeting("Anonymous")) {
        node.awaitLog("takes no publications");
        alice.send("refused").expect(REFUSED);

        rabbit.memoryAlarm(false);
        node.awaitLog("takes publications again");
        alice.send("accepted").expect("[lobby] Anonymous: accepted");
      }
    }
  }

  private static void assertThatDoctorSaysSo(PrivateRabbitMq rabbit) throws Exception {
    long start = System.nanoTime();
    try (Command doctor =
        Command.start(Map.of("RABBITMQ_URL", rabbit.uri()), "doctor", "--port=0")) {
      assertThat(doctor.exitCode()).isEqualTo(1);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(doctor.out())
          .containsPattern("FAIL  broker .*blocks publishers: low on memory")
          .contains("rabbitmq-diagnostics alarms")
          .doesNotContain("firewall");
    }
    assertThat(rabbit.control("list_queues", "-q", "name").lines())
        .noneMatch(line -> line.contains("doctor"));
  }
}
