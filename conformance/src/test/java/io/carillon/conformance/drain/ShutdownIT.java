package io.carillon.conformance.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Frames;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.cluster.Cluster;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The end of a node. */
@Tag("any-broker")
@Isolated("a node that leaves in time")
class ShutdownIT {

  private static final Duration PROMPTLY = Duration.ofSeconds(8);
  private static final int SERVICE_RESTART = 1012;

  @Test
  void sigtermSendsEveryClientElsewhereAndEndsThoughOneDoesNotListen() {
    try (Cluster cluster = Cluster.of(2).start()) {
      Client alice = cluster.join(1, "Alice");
      Client bob = cluster.join(1, "Bob").subscribe("sports");
      RawClient deaf = cluster.dial(1).open("Deaf");
      Client carol = cluster.join(2, "Carol").subscribe("sports");
      long start = System.nanoTime();

      cluster.node(1).terminate();

      assertThat(alice.awaitClose()).isEqualTo(SERVICE_RESTART);
      assertThat(bob.awaitClose()).isEqualTo(SERVICE_RESTART);
      assertThat(deaf.readFrame().opcode()).isEqualTo(Frames.CLOSE);
      assertThat(cluster.node(1).exitCode()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPTLY);
      carol.publish("sports", "goes on").expect("[sports] Carol: goes on");
    }
  }

  @Test
  void sigkillOfOneNodeHurtsNoOther() {
    try (Cluster cluster = Cluster.of(2).start()) {
      cluster.join(1, "Alice").subscribe("sports");
      Client bob = cluster.join(2, "Bob").subscribe("sports");

      cluster.node(1).kill();
      cluster.node(1).exitCode();

      bob.publish("sports", "alone").expect("[sports] Bob: alone");
    }
  }
}
