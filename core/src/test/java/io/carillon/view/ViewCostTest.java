package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The messages and bytes that the view costs, in a simulation of the program's own classes. Prints
 * a row for each size of a cluster. The numbers of messages and bytes are the same in every run;
 * the CPU time is that of all simulated nodes together, with the simulation's own.
 */
@Timeout(300)
class ViewCostTest {

  private static final int CHANNELS = 20_000;
  private static final int CHANGES = 10_000;
  private static final int SECONDS = 10;

  /** What one change may cost each other node: its entry, with the names, and a share of a head. */
  private static final int MOST_BYTES = 64;

  private final SplittableRandom random = new SplittableRandom(1);

  @ParameterizedTest
  @ValueSource(ints = {3, 10})
  void aChangeCostsEachOtherNodeItsEntry(int nodes) {
    play(nodes);
  }

  @Tag("matrix")
  @ParameterizedTest
  @ValueSource(ints = {30})
  void aChangeCostsEachOtherNodeItsEntryInALargeClusterToo(int nodes) {
    play(nodes);
  }

  private void play(int nodes) {
    SimulatedCluster cluster = new SimulatedCluster(random);
    for (int i = 0; i < nodes; i++) {
      cluster.start();
    }
    cluster.pass(Duration.ofSeconds(5));
    for (int i = 0; i < CHANNELS; i++) {
      change(cluster, i);
      change(cluster, i);
    }
    cluster.pass(Duration.ofSeconds(2));

    Cost idle = cost(cluster, () -> cluster.pass(Duration.ofSeconds(SECONDS)));
    Cost busy =
        cost(
            cluster,
            () -> {
              for (int second = 0; second < SECONDS; second++) {
                for (int part = 0; part < 100; part++) {
                  for (int i = 0; i < CHANGES / SECONDS / 100; i++) {
                    change(cluster, random.nextInt(CHANNELS));
                  }
                  cluster.pass(Duration.ofMillis(10));
                }
              }
            });
    SimulatedNode newcomer = cluster.start();
    Cost joining = cost(cluster, () -> cluster.pass(Duration.ofSeconds(3)));

    System.out.printf(
        "%d nodes, %,d channels: idle %,d bytes/s and %.2f %% CPU a node; %,d changes/s %,d bytes/s"
            + " and %.2f %% CPU a node; a newcomer %,d bytes%n",
        nodes,
        CHANNELS,
        idle.bytes / SECONDS / nodes,
        idle.cpuSeconds / SECONDS / nodes * 100,
        CHANGES / SECONDS,
        busy.bytes / SECONDS / nodes,
        busy.cpuSeconds / SECONDS / nodes * 100,
        joining.bytes);
    assertThat(newcomer.cluster.isReady()).isTrue();
    long changes = (busy.bytes - idle.bytes) / CHANGES;
    assertThat(changes).as("bytes of a change").isBetween(1L, (long) MOST_BYTES * nodes);
  }

  /** Another number of subscriptions on some node. */
  private void change(SimulatedCluster cluster, int channel) {
    cluster
        .nodes
        .get(random.nextInt(cluster.nodes.size()))
        .cluster
        .view()
        .counted(new Channel(SimulatedNode.APP, "room-" + channel), random.nextInt(1, 1_000_000));
  }

  private record Cost(long bytes, double cpuSeconds) {}

  private static Cost cost(SimulatedCluster cluster, Runnable scene) {
    long bytes = cluster.bus.carriedBytes();
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    scene.run();
    return new Cost(
        cluster.bus.carriedBytes() - bytes,
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9);
  }
}
