package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The bytes and the CPU time that the view costs, in a simulation of the program's own classes.
 * Prints a table with a row for each cluster, and writes it for {@code tools/bench-view}. The
 * numbers of bytes are the same in every run. The CPU time contains the simulation's own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class ViewCostTest {

  private static final Path TABLE = Path.of("target/view-cost.csv");

  /** So many changes are told in the busy time, 10 in each step. */
  private static final int CHANGES = 10_000;

  private static final int SECONDS = 10;
  private static final int STEPS = 1_000;

  /** What one change may cost each node: its entry, with the names, and a share of a head. */
  private static final long MOST_BYTES = 32;

  /** The most bytes of a heartbeat; it does not grow with the channels. */
  private static final long MOST_BYTES_OF_BEAT = 64;

  private final List<Row> rows = new ArrayList<>();

  /**
   * The figures of one cluster. Bytes count once for each receiver; a node receives its own control
   * messages, too.
   *
   * @param fillMicros CPU time of one change on one node while the channels come, many in one delta
   * @param idleBytes of one node in one second without a change
   * @param idleCpu the share of a processor that one node uses then
   * @param busyBytes of one node in one second with 1,000 changes of the cluster
   * @param busyCpu the share of a processor that one node uses then
   * @param joinBytes all bytes that are sent while a node joins
   * @param joinCpuSeconds CPU time of all nodes meanwhile
   */
  private record Row(
      int nodes,
      int channels,
      double fillMicros,
      long idleBytes,
      double idleCpu,
      long busyBytes,
      double busyCpu,
      long joinBytes,
      double joinCpuSeconds) {

    static final String HEAD =
        "nodes,channels,fill_micros,idle_bytes,idle_cpu,busy_bytes,busy_cpu,join_bytes,join_cpu";

    String line() {
      return "%d,%d,%.2f,%d,%.4f,%d,%.4f,%d,%.2f"
          .formatted(
              nodes,
              channels,
              fillMicros,
              idleBytes,
              idleCpu,
              busyBytes,
              busyCpu,
              joinBytes,
              joinCpuSeconds);
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 100000", "10, 1000"})
  void aChangeCostsEachNodeItsEntryHoweverManyChannelsThereAre(int nodes, int channels) {
    play(nodes, channels);
  }

  @Tag("matrix")
  @ParameterizedTest
  @CsvSource({"3, 10000", "10, 10000", "10, 100000", "30, 10000", "30, 100000"})
  void aChangeCostsEachNodeItsEntryInALargeClusterToo(int nodes, int channels) {
    play(nodes, channels);
  }

  private void play(int nodes, int channels) {
    RandomGenerator random = new SplittableRandom(1);
    SimulatedCluster cluster = new SimulatedCluster(random);
    for (int i = 0; i < nodes; i++) {
      cluster.start();
    }
    cluster.pass(Duration.ofSeconds(5));
    int filled = 2 * channels;
    Cost filling =
        cost(
            cluster,
            () -> {
              for (int i = 0; i < filled; i++) {
                change(cluster, random, i % channels);
              }
              cluster.pass(Duration.ofSeconds(2));
            });
    Duration time = Duration.ofSeconds(SECONDS);
    Cost idle = cost(cluster, () -> cluster.pass(time));
    Cost busy =
        cost(
            cluster,
            () -> {
              for (int step = 0; step < STEPS; step++) {
                for (int i = 0; i < CHANGES / STEPS; i++) {
                  change(cluster, random, random.nextInt(channels));
                }
                cluster.pass(time.dividedBy(STEPS));
              }
            });
    SimulatedNode newcomer = cluster.start();
    Cost joining = cost(cluster, () -> cluster.pass(Duration.ofSeconds(3)));

    rows.add(
        new Row(
            nodes,
            channels,
            filling.cpuSeconds * 1e6 / filled / nodes,
            idle.bytes / SECONDS / nodes,
            idle.cpuSeconds / SECONDS / nodes,
            busy.bytes / SECONDS / nodes,
            busy.cpuSeconds / SECONDS / nodes,
            joining.bytes,
            joining.cpuSeconds));
    assertThat(newcomer.cluster.isReady()).isTrue();
    assertThat(idle.bytes / SECONDS / nodes / nodes)
        .as("bytes of a node for each node and second")
        .isBetween(1L, MOST_BYTES_OF_BEAT);
    assertThat((busy.bytes - idle.bytes) / CHANGES / nodes)
        .as("bytes of a change for each node")
        .isBetween(1L, MOST_BYTES);
    long entries = Math.min((long) filled + CHANGES, (long) nodes * channels);
    assertThat(joining.bytes)
        .as("bytes of a newcomer")
        .isLessThan(MOST_BYTES * entries + idle.bytes);
  }

  /** Another number of subscriptions on some node. */
  private static void change(SimulatedCluster cluster, RandomGenerator random, int channel) {
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

  @AfterAll
  void tell() throws IOException {
    String table = rows.stream().map(Row::line).collect(Collectors.joining("\n", "", "\n"));
    Files.writeString(TABLE, Row.HEAD + "\n" + table);
    System.out.println(Row.HEAD + "\n" + table);
  }
}
