package io.carillon.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Http;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Vhost;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The answers to the very first clients of a node, which try before its port opens. pusher-js tries
 * again 15 s after a 503.
 */
@Isolated("looks at a node for as short a time as it takes to start")
class FirstClientIT {

  /** The fault that this looks for was there for 20 ms. */
  private static final long PAUSE_NANOS = 500_000;

  /**
   * Tries again and again until the node has said that it is ready; the statuses in their order.
   */
  private static List<String> statuses(Node node, int port) {
    URI url = URI.create("ws://127.0.0.1:" + port);
    List<String> statuses = new ArrayList<>();
    long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
    while (!statuses.contains("101") || !node.isReady()) {
      assertThat(System.nanoTime()).as(node::output).isLessThan(deadline);
      try (RawClient client = RawClient.dial(url)) {
        statuses.add(client.send(RawClient.handshake("/")).readHead().substring(9, 12));
      } catch (UncheckedIOException notOpenYet) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return statuses;
  }

  @Test
  void areWelcomeWhereTheNodeWorksAlone() {
    int port = Ports.free();
    try (Node node =
        Node.launch(Map.of(), "--port", Integer.toString(port), "--drain-announce", "0s")) {
      assertThat(statuses(node, port)).containsOnly("101");
    }
  }

  /** The port opens before the broker is connected, since health checks need an answer then. */
  @Test
  void areAskedToComeBackUntilABrokerIsThereAndNeverAfterwards() {
    int port = Ports.free();
    try (Vhost vhost = new RabbitAdmin().createVhost();
        Node node =
            Node.launch(
                Map.of("RABBITMQ_URL", vhost.uri()),
                "--port",
                Integer.toString(port),
                "--drain-announce",
                "0s")) {
      List<String> statuses = statuses(node, port);

      assertThat(statuses).containsOnly("503", "101");
      assertThat(statuses.subList(statuses.indexOf("101"), statuses.size())).containsOnly("101");
      assertThat(Http.get(node.url(), "/ready").status()).isEqualTo(200);
    }
  }
}
