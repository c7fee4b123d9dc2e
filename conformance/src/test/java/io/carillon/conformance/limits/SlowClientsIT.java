package io.carillon.conformance.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Json;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.ProcessStatus;
import io.carillon.conformance.metrics.Metrics;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.swarm.Audience;
import io.carillon.conformance.swarm.Ending;
import io.carillon.conformance.swarm.Flood;
import io.carillon.conformance.swarm.Latencies;
import io.carillon.conformance.swarm.Metronome;
import io.carillon.conformance.swarm.Swarm;
import io.carillon.conformance.swarm.SwarmClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One client that is too slow or too greedy, and a hundred fast clients on the same node: only the
 * slow one is disconnected. Latencies are only printed; the test fails only if a message doesn't
 * arrive.
 */
@Isolated("load, latencies and memory")
class SlowClientsIT {

  private static final String TOO_SLOW = "reads too slowly";
  private static final String SLOW = "carillon_new_disconnections_total{reason=\"slow\"}";
  private static final int SLOW_CONSUMER = 1013;
  private static final int KIBIBYTE = 1024;

  /** Seconds before the slow one comes, to compare with. */
  private static final int BEFORE = 1;

  /** Large, so that unpublished input would soon exceed the limit of a node. */
  private static final int GREEDY_BYTES = 32_000;

  /** Many times what a client may have unanswered. */
  private static final int MUCH = 5_000;

  /** How many messages a second only the slow client and its publisher receive. */
  private static final int PER_SECOND = 50;

  /** Heap (256), code, threads and direct buffers of a node, generously. */
  private static final long MOST_MEMORY_MIB = 640;

  /** Pings are rare, so that they don't detect the slow client. */
  @RegisterExtension
  static final Cluster cluster =
      Cluster.of(1, Metrics.flags("--heartbeat", "10m", "--drain-announce", "0s"));

  @AutoClose private final Swarm swarm = new Swarm();

  private final Node node = cluster.node(1);
  private final Metrics metrics = Metrics.of(node);
  private final long slowBefore = linesOfSlowness();
  private final long countedBefore = countedAsSlow();
  private final String slowName = "slow" + slowBefore;

  enum Slowness {
    READS_NOTHING,
    READS_A_KIBIBYTE_A_SECOND
  }

  /** The messages that the slow client doesn't read, beside those for the fast ones. */
  private enum Load {
    /** As good as nothing: the kernel's buffers hold megabytes, so this takes a while. */
    STEADY(1),
    BULK(64 << 10);

    private final int bytes;

    Load(int bytes) {
      this.bytes = bytes;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSlowOneIsToldToReconnectWhenItReadsOn(Slowness slowness) throws Exception {
    try (Audience audience = new Audience(swarm, node)) {
      SwarmClient slow = findOut(slowness, audience, Load.BULK);

      slow.readOn();

      assertThat(Swarm.awaitEnding(slow).closeCode()).isEqualTo(SLOW_CONSUMER);
      assertThatOnlyItPaid(audience);
    }
  }

  /**
   * The close frame waits behind bytes that don't fit into the buffers, and the node waits only 5
   * s.
   */
  @Test
  void aSlowOneThatGoesOnNotReadingIsCut() throws Exception {
    try (Audience audience = new Audience(swarm, node)) {
      SwarmClient slow = findOut(Slowness.READS_NOTHING, audience, Load.BULK);

      node.awaitLog("Client \"" + slowName + "\" disconnected");
      slow.readOn();

      assertThat(Swarm.awaitEnding(slow).closeCode()).isEqualTo(Ending.NO_CODE);
      assertThatOnlyItPaid(audience);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("matrix")
  void aSlowOneIsFoundOutByTheSteadyRateAloneAndAMinuteLaterAllIsWell(Slowness slowness)
      throws Exception {
    try (Audience audience = new Audience(swarm, node)) {
      SwarmClient slow = findOut(slowness, audience, Load.STEADY);
      System.out.println("  a minute afterwards: " + audience.listen(60));
      slow.readOn();

      assertThat(Swarm.awaitEnding(slow).closeCode()).isEqualTo(Ending.NO_CODE);
      assertThatOnlyItPaid(audience);
    }
  }

  /** A slow one comes, and the node notices. */
  private SwarmClient findOut(Slowness slowness, Audience audience, Load load) throws IOException {
    SwarmClient bulk = swarm.join(node, "bulk", SwarmClient.Listener.NONE).subscribe("bulk");
    Latencies before = audience.listen(BEFORE);
    Latencies beside = audience.measure();
    SwarmClient slow =
        swarm.joinWithSmallBuffer(node, slowName).subscribe(Audience.TOPIC).subscribe("bulk");
    switch (slowness) {
      case READS_NOTHING -> slow.stopReading();
      case READS_A_KIBIBYTE_A_SECOND -> slow.readSlowly(KIBIBYTE);
    }
    String message = "x".repeat(load.bytes);
    try (Metronome metronome = new Metronome(PER_SECOND, beat -> bulk.publish("bulk", message))) {
      await().atMost(Duration.ofMinutes(2)).until(() -> closedAsSlow() > 0);
      metronome.stop();
    }
    show(slowness + ", " + load, before, beside);
    return slow;
  }

  private void assertThatOnlyItPaid(Audience audience) {
    audience.stopAndCheck();
    assertThat(closedAsSlow()).isOne();
    metrics.awaitValue(SLOW, n -> n == countedBefore + 1);
    assertThat(ProcessStatus.peakMiB(node.pid())).isLessThan(MOST_MEMORY_MIB);
  }

  @Test
  void aGreedyPublisherIsReadMoreSlowlyAndNothingOfItIsLost() {
    greedy(5, GREEDY_BYTES);
  }

  /**
   * Short messages: the client receives its own, and is closed as slow if it reads less than it
   * sends.
   */
  @Test
  @Tag("matrix")
  void aGreedyPublisherIsReadMoreSlowlyForAMinute() {
    greedy(60, KIBIBYTE);
  }

  private void greedy(int seconds, int bytes) {
    try (Audience audience = new Audience(swarm, node)) {
      Latencies before = audience.listen(BEFORE);
      SwarmClient greedy = swarm.join(node, "greedy", SwarmClient.Listener.NONE).subscribe("greed");
      long memory = ProcessStatus.peakMiB(node.pid());

      Flood flood = greedy.flood(publish("greed", "x".repeat(bytes)));
      Latencies beside = audience.listen(seconds);
      await().atMost(Patience.LIMIT).until(() -> flood.frames() > MUCH);
      flood.stop();

      await()
          .atMost(Patience.LIMIT)
          .untilAsserted(
              () -> {
                assertThat(greedy.ending()).isNull();
                assertThat(greedy.messages()).isEqualTo(flood.frames());
              });
      show("greedy: %d in %d s".formatted(flood.frames(), seconds), before, beside);
      System.out.printf("peak before it: %d MiB%n", memory);
      audience.stopAndCheck();
      assertThat(greedy.complaints()).isEmpty();
      assertThat(greedy.ending()).isNull();
      assertThat(closedAsSlow()).isZero();
      assertThat(countedAsSlow() - countedBefore).isZero();
      assertThat(ProcessStatus.peakMiB(node.pid())).isLessThan(MOST_MEMORY_MIB);
    }
  }

  private static String publish(String topic, String message) {
    return Json.object("action", "publish", "topic", topic, "message", message);
  }

  /** How many the node has closed as slow in this test. */
  private long closedAsSlow() {
    return linesOfSlowness() - slowBefore;
  }

  /** How many have gone as slow, by the node's count. */
  private long countedAsSlow() {
    return metrics.value(SLOW);
  }

  private long linesOfSlowness() {
    return node.log().stream().filter(line -> line.contains(TOO_SLOW)).count();
  }

  private void show(String what, Latencies before, Latencies beside) {
    System.out.printf(
        "%s%n  without: %s%n  beside:  %s%n  peak memory %d MiB%n",
        what, before, beside, ProcessStatus.peakMiB(node.pid()));
  }
}
