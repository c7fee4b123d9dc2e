package io.carillon.conformance.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.ProcessStatus;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.swarm.Audience;
import io.carillon.conformance.swarm.Latencies;
import io.carillon.conformance.swarm.Swarm;
import io.carillon.conformance.swarm.SwarmClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Very many clients that vanish without closing: here they stop reading, and so answer no ping. The
 * node ends them by itself and gets back all of their memory, while it serves a hundred fast
 * clients.
 */
@Isolated("load, latencies and memory")
class HalfOpenIT {

  private static final String DEAD = "is dead: no answer to a ping";

  /**
   * The difference that the same clients may leave behind, once everything has been done before.
   */
  private static final long NOISE_KIB = 1 << 10;

  /** Files that a JVM opens at any time. */
  private static final long FEW = 20;

  private static final long MOST_MEMORY_MIB = 640;

  @Test
  void aThousandDeadClientsAreEndedAndTheirMemoryComesBack() {
    vanish(1_000, "2s");
  }

  @Test
  @Tag("matrix")
  void fiveThousandDeadClientsAreEndedAndTheirMemoryComesBack() {
    vanish(5_000, "10s");
  }

  private static void vanish(int count, String heartbeat) {
    System.out.printf("%d clients vanish, pinged every %s%n", count, heartbeat);
    try (Cluster cluster =
        Cluster.of(1, "--heartbeat", heartbeat, "--drain-announce", "0s").start()) {
      Node node = cluster.node(1);
      wave(node, count); // Classes are loaded, caches filled, buffers grown.
      Left left = wave(node, count);

      assertThat(left.afterKiB).isLessThan(left.withThemKiB / 4 + NOISE_KIB);
      assertThat(countOf(node, DEAD)).isEqualTo(2L * count);
      assertThat(ProcessStatus.peakMiB(node.pid())).isLessThan(MOST_MEMORY_MIB);
    }
  }

  /**
   * How much more heap is in use than before, while the clients are connected and after all have
   * left.
   */
  private record Left(long withThemKiB, long afterKiB) {}

  /**
   * Heaps are compared while no client publishes, because publications under way take more memory
   * than clients.
   */
  private static Left wave(Node node, int count) {
    long heap = ProcessStatus.liveHeapKiB(node.pid());
    long descriptors = ProcessStatus.descriptors(node.pid());
    long withThem;
    try (Swarm swarm = new Swarm()) {
      List<SwarmClient> clients = swarm.join(node, "gone", count);
      withThem = ProcessStatus.liveHeapKiB(node.pid()) - heap;
      try (Audience audience = new Audience(swarm, node)) {
        vanish(node, clients, audience);
        audience.stopAndCheck();
      }
    }
    await()
        .atMost(Patience.LIMIT)
        .until(() -> ProcessStatus.descriptors(node.pid()) <= descriptors + FEW);
    Left left = new Left(withThem, ProcessStatus.liveHeapKiB(node.pid()) - heap);
    System.out.printf("  %s, peak memory %d MiB%n", left, ProcessStatus.peakMiB(node.pid()));
    return left;
  }

  private static void vanish(Node node, List<SwarmClient> clients, Audience audience) {
    long dead = countOf(node, DEAD) + clients.size();
    Latencies before = audience.listen(1);
    Latencies beside = audience.measure();
    long start = System.nanoTime();

    clients.forEach(SwarmClient::stopReading);

    await().atMost(Patience.LIMIT).until(() -> countOf(node, DEAD) >= dead);
    System.out.printf(
        "  all ended after %d ms%n  without: %s%n  beside:  %s%n",
        Duration.ofNanos(System.nanoTime() - start).toMillis(), before, beside);
    clients.forEach(SwarmClient::readOn);
    assertThat(Swarm.awaitEndings(clients))
        .isEqualTo(Map.of("0 END_OF_STREAM", (long) clients.size()));
  }

  private static long countOf(Node node, String part) {
    return node.log().stream().filter(line -> line.contains(part)).count();
  }
}
