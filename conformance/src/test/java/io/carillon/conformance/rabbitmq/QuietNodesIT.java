package io.carillon.conformance.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.node.Nodes;
import io.carillon.conformance.swarm.Metronome;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * RabbitMQ throws consumers out that acknowledge too late. Its default is half an hour; here it is
 * a few seconds.
 */
@Tag("matrix")
class QuietNodesIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int PER_SECOND = 10;

  private static PrivateRabbitMq rabbit;
  private static Nodes nodes;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    rabbit = new PrivateRabbitMq();
    rabbit.limitAcknowledgements(TIMEOUT);
    nodes = Nodes.launch(2, rabbit.uri());
  }

  @AfterAll
  static void stop() {
    nodes.close();
    rabbit.close();
  }

  @Test
  void aTrickleOfMessagesIsHeardForLongerThanTheTimeout() {
    int messages = Math.toIntExact(2 * TIMEOUT.toSeconds() * PER_SECOND);
    try (Client alice = Client.connect(nodes.node(1).url()).expectGreeting("Anonymous");
        Client bob = Client.connect(nodes.node(2).url()).expectGreeting("Anonymous");
        Metronome metronome = new Metronome(PER_SECOND, beat -> alice.send("beat " + beat))) {
      for (int beat = 0; beat < messages; beat++) {
        alice.expect("[lobby] Anonymous: beat " + beat);
        bob.expect("[lobby] Anonymous: beat " + beat);
      }
      metronome.stop();
    }
    assertThatNobodyWasThrownOut();
  }

  private static void assertThatNobodyWasThrownOut() {
    assertThat(IntStream.of(1, 2).mapToObj(n -> nodes.node(n).log()))
        .allSatisfy(log -> assertThat(log).noneMatch(line -> line.contains("No connection to")));
  }
}
