package io.carillon.conformance.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Frames;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Bounds that a node keeps against clients that are many, slow or dead. */
@Isolated("clients have half a second to answer a ping")
class LimitsIT {

  @AutoClose
  private static final Node node =
      Node.launch(
              Map.of(),
              "--port=0",
              "--max-connections=3",
              "--heartbeat=500ms",
              "--max-message=1024",
              "--set=limits.handshake_timeout=2s",
              "--log-level=debug")
          .awaitReady();

  /** The next test finds a node without clients. */
  @AfterEach
  void allHaveLeft() {
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () -> {
              try (RawClient first = dial().open("A");
                  RawClient second = dial().open("B");
                  RawClient third = dial().open("C")) {
                assertThat(first).isNotSameAs(second).isNotSameAs(third);
              }
            });
  }

  private static RawClient dial() {
    return RawClient.dial(node.url());
  }

  @Test
  void clientsBeyondTheBoundAreSentElsewhere() {
    try (Client alice = Client.connect(node.url()).expectGreeting("Anonymous");
        Client bob = Client.connect(node.url()).expectGreeting("Anonymous")) {
      try (Client carol = Client.connect(node.url()).expectGreeting("Anonymous");
          RawClient dave = dial()) {
        dave.send(RawClient.handshake("/"));
        assertThat(dave.readHead())
            .startsWith("HTTP/1.1 503 ")
            .containsIgnoringCase("retry-after: ");
        assertThat(Http.get(node.url(), "/up").status()).isEqualTo(200);
        carol.leave();
      }
      await().atMost(Patience.LIMIT).untilAsserted(() -> dial().open("Dave").close());
      alice.send("hello").expect("[lobby] Anonymous: hello");
      bob.expect("[lobby] Anonymous: hello");
    }
  }

  @Test
  void aClientThatAnswersNoPingIsCutAndOneThatDoesStays() {
    try (Client alice = Client.connect(node.url()).expectGreeting("Anonymous");
        RawClient silent = dial().open("Silent")) {
      assertThat(silent.readFrame().opcode()).isEqualTo(Frames.PING);
      long start = System.nanoTime();

      silent.awaitHangUp();

      assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
      node.awaitLog("is dead: no answer to a ping");
      alice.send("still here").expect("[lobby] Anonymous: still here");
    }
  }

  @Test
  void theLongestMessageIsSetByAFlag() {
    try (Client alice = Client.connect(node.url()).expectGreeting("Anonymous")) {
      alice.send("x".repeat(1024)).expect("[lobby] Anonymous: " + "x".repeat(1024));
      alice.send("x".repeat(1025));
      assertThat(alice.awaitClose()).isEqualTo(1009);
    }
  }

  @Test
  void connectionsThatDoNotBecomeWebSocketsInTimeAreClosed() {
    try (RawClient silent = dial();
        RawClient slow = dial()) {
      slow.send(Arrays.copyOf(RawClient.handshake("/"), 20));
      silent.awaitHangUp();
      slow.awaitHangUp();
    }
  }
}
