package io.carillon.conformance.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.rabbitmq.PrivateRabbitMq;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Relay;
import io.carillon.conformance.rabbitmq.Vhost;
import io.carillon.conformance.swarm.Swarm;
import io.carillon.conformance.swarm.SwarmClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A node leaves while RabbitMQ is away or silent, and when the operator does not want to wait for
 * it.
 */
@Isolated("a node that leaves in time")
class DrainInTroubleIT {

  private static final int CLIENTS = 200;
  private static final Map<String, Long> ALL_TOLD = Map.of("1012 END_OF_STREAM", (long) CLIENTS);

  /** The exit code that a shell reports for a process that SIGINT has ended. */
  private static final int ENDED_AT_ONCE = 130;

  @AutoClose private final Swarm swarm = new Swarm();

  @Test
  void whenRabbitIsStoppedEveryClientIsToldAndTheNodeEndsInTime() throws Exception {
    try (PrivateRabbitMq rabbit = new PrivateRabbitMq();
        Node node = Node.launch(Map.of("RABBITMQ_URL", rabbit.uri()), "--port", "0").awaitReady()) {
      List<SwarmClient> clients = swarm.join(node, "Crowd", CLIENTS);
      rabbit.stop();
      node.awaitLog("No connection to");

      node.terminate();

      assertThat(Swarm.awaitEndings(clients)).isEqualTo(ALL_TOLD);
      // The process ends itself with another code when it is late.
      assertThat(node.exitCode()).isZero();
    }
  }

  @Test
  @Tag("matrix")
  void whenRabbitIsSilentEveryClientIsToldAndTheNodeEndsInTime() throws Exception {
    RabbitAdmin admin = new RabbitAdmin();
    try (Vhost vhost = admin.createVhost();
        Relay relay = new Relay(admin.host(), admin.port()).plugIn();
        Node node =
            Node.launch(Map.of("RABBITMQ_URL", vhost.uri("127.0.0.1", relay.port())), "--port", "0")
                .awaitReady()) {
      List<SwarmClient> clients = swarm.join(node, "Crowd", CLIENTS);
      relay.swallow();
      clients.forEach(client -> client.publish("lobby", "into the dark"));

      node.terminate();

      assertThat(Swarm.awaitEndings(clients)).isEqualTo(ALL_TOLD);
      assertThat(node.exitCode()).isZero();
    }
  }

  @Test
  void aSecondSignalEndsTheNodeAtOnce() throws Exception {
    try (Cluster cluster =
        Cluster.of(1, "--drain-announce", "10m", "--drain-deadline", "20m").start()) {
      Node node = cluster.node(1);
      List<SwarmClient> clients = swarm.join(node, "Crowd", CLIENTS);
      node.terminate();
      node.awaitLog("is leaving");
      // Two signals within a second are one intention, as of a terminal and a parent process.
      long first = System.nanoTime();
      await().until(() -> System.nanoTime() - first > TimeUnit.MILLISECONDS.toNanos(1_100));
      assertThat(Swarm.endings(clients)).isEmpty();

      node.terminate();

      assertThat(node.exitCode()).isEqualTo(ENDED_AT_ONCE);
      assertThat(Swarm.awaitEndings(clients).keySet()).allMatch(end -> end.startsWith("0 "));
    }
  }
}
