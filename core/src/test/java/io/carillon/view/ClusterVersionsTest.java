package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.membership.Heartbeat.Phase;
import io.carillon.membership.Incompatibility;
import io.carillon.membership.Sighting;
import io.carillon.message.Channel;
import io.carillon.presence.Occupancy;
import io.carillon.testkit.ControlNetwork.Faults;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Nodes of different versions on one bus. */
class ClusterVersionsTest {

  private static final Channel ROOM = new Channel(SimulatedNode.APP, "room");
  private static final Duration LONG = Duration.ofSeconds(20);

  private final SimulatedCluster cluster = new SimulatedCluster(new SplittableRandom(1));

  @Test
  void neighboursInteroperate() {
    SimulatedNode old = cluster.start(1);
    cluster.pass(LONG);
    SimulatedNode next = cluster.start(2);
    cluster.pass(Duration.ofSeconds(1));
    old.visitors.open(0).subscribe(ROOM);
    next.visitors.open(0).subscribe(ROOM);
    cluster.pass(Duration.ofSeconds(1));
    assertThat(List.of(old, next))
        .allMatch(node -> node.cluster.isReady())
        .allMatch(node -> node.cluster.incompatibility().isEmpty())
        .allMatch(node -> node.occupancy(ROOM).subscriptions() == 2);
  }

  @Test
  void aNewcomerTooFarApartStaysOutAndTheNodeThatTakesClientsGoesOn() {
    SimulatedNode old = cluster.start(1);
    cluster.pass(LONG);
    SimulatedNode far = cluster.start(3);
    cluster.pass(LONG);
    assertThat(far.cluster.isReady()).isFalse();
    assertThat(far.cluster.incompatibility())
        .contains(new Incompatibility(old.hub.incarnation(), "n1", 1, 3));
    assertThat(old.cluster.isReady()).isTrue();
    assertThat(old.cluster.incompatibility())
        .contains(new Incompatibility(far.hub.incarnation(), "n2", 3, 1));
  }

  @Test
  void anOlderNewcomerStaysOutToo() {
    SimulatedNode first = cluster.start(3);
    cluster.pass(LONG);
    SimulatedNode old = cluster.start(1);
    cluster.pass(LONG);
    assertThat(old.cluster.isReady()).isFalse();
    assertThat(first.cluster.isReady()).isTrue();
  }

  @Test
  void nothingThatANodeTooFarApartHoldsIsCounted() {
    SimulatedNode old = cluster.start(1);
    cluster.pass(LONG);
    SimulatedNode far = cluster.start(3);
    old.visitors.open(0).subscribe(ROOM);
    far.visitors.open(0).subscribe(ROOM);
    cluster.pass(LONG);
    assertThat(old.occupancy(ROOM)).isEqualTo(new Occupancy(1, 0));
    assertThat(far.occupancy(ROOM)).isEqualTo(new Occupancy(1, 0));
  }

  @Test
  void aNewcomerJoinsWhenTheNodeTooFarApartHasFallenSilent() {
    SimulatedNode old = cluster.start(1);
    cluster.pass(LONG);
    SimulatedNode far = cluster.start(3);
    cluster.pass(LONG);
    cluster.crash(old);
    cluster.pass(Duration.ofMillis(1_900));
    assertThat(far.cluster.isReady()).isFalse();
    cluster.pass(Duration.ofMillis(3_200));
    assertThat(far.cluster.isReady()).isTrue();
    assertThat(far.cluster.incompatibility()).isEmpty();
  }

  @Test
  void aNewcomerJoinsSoonWhenTheNodeTooFarApartLeaves() {
    SimulatedNode old = cluster.start(1);
    cluster.pass(LONG);
    SimulatedNode far = cluster.start(3);
    cluster.pass(LONG);
    var _ = old.cluster.leave();
    cluster.pass(Duration.ofMillis(100));
    cluster.crash(old);
    cluster.pass(Duration.ofMillis(1_100));
    assertThat(far.cluster.isReady()).isTrue();
  }

  /** The silence may be the newcomer's own, and the other node may come back to the bus later. */
  @Test
  void silenceWithoutTheBusLetsNobodyIn() {
    SimulatedNode old = cluster.start(1);
    cluster.pass(LONG);
    SimulatedNode far = cluster.start(3);
    cluster.pass(LONG);
    cluster.bus.setAway(true);
    cluster.pass(LONG);
    assertThat(far.cluster.incompatibility()).isPresent();
    cluster.bus.cut(old.network, far.network);
    cluster.bus.setAway(false);
    cluster.pass(Duration.ofSeconds(9));
    assertThat(far.cluster.incompatibility()).isPresent();
    cluster.bus.mend();
    cluster.pass(LONG);
    assertThat(far.cluster.isReady()).isFalse();
    assertThat(old.cluster.isReady()).isTrue();
  }

  @Test
  void ofTwoThatStartTogetherTheLowerVersionStaysOut() {
    for (int seed = 0; seed < 50; seed++) {
      SimulatedCluster starting = new SimulatedCluster(new SplittableRandom(seed));
      starting.bus.setFaults(new Faults(Duration.ofMillis(60), 0.05, 0.1, 0.1));
      List<SimulatedNode> nodes =
          List.of(starting.start(1), starting.start(3), starting.start(1), starting.start(3));
      starting.pass(LONG);
      assertThat(nodes)
          .as("seed %d", seed)
          .extracting(node -> node.cluster.isReady())
          .containsExactly(false, true, false, true);
    }
  }

  /** A node that starts in the same second as one too far apart: never are both ready. */
  @Test
  void twoThatStartSoonAfterEachOtherAreNeverBothReady() {
    for (int later = 0; later < 3_000; later += 250) {
      for (int first = 1; first <= 3; first += 2) {
        SimulatedCluster starting = new SimulatedCluster(new SplittableRandom(later));
        SimulatedNode one = starting.start(first);
        starting.pass(Duration.ofMillis(later));
        SimulatedNode other = starting.start(4 - first);
        starting.pass(LONG);
        assertThat(one.cluster.isReady() ^ other.cluster.isReady())
            .as("version %d first, the other %d ms later", first, later)
            .isTrue();
      }
    }
  }

  /**
   * Two newcomers that understand each other have no time to be ready before the old node speaks.
   */
  @Test
  void newcomersTogetherHearTheOldNodeBeforeTheyAreReady() {
    for (int seed = 0; seed < 30; seed++) {
      SimulatedCluster starting = new SimulatedCluster(new SplittableRandom(seed));
      starting.start(1);
      starting.pass(LONG.plusMillis(33L * seed));
      List<SimulatedNode> newcomers = List.of(starting.start(3), starting.start(3));
      starting.pass(LONG);
      assertThat(newcomers).as("seed %d", seed).noneMatch(node -> node.cluster.isReady());
    }
  }

  /** A node that stays out must not keep out a newcomer of the right version. */
  @Test
  void aNodeThatStaysOutKeepsNobodyOut() {
    cluster.start(2);
    cluster.pass(LONG);
    SimulatedNode tooNew = cluster.start(5);
    cluster.pass(LONG);
    SimulatedNode next = cluster.start(3);
    cluster.pass(LONG);
    assertThat(tooNew.cluster.isReady()).isFalse();
    assertThat(next.cluster.isReady()).isTrue();
  }

  @Test
  void theReportShowsThem() {
    SimulatedNode old = cluster.start(1);
    cluster.pass(LONG);
    SimulatedNode far = cluster.start(3);
    cluster.pass(LONG);
    ClusterReport report = reportOf(old);
    assertThat(report.peers()).isEmpty();
    assertThat(report.incompatible()).extracting(Sighting::label).containsExactly("n2");
    assertThat(report.incompatible().getFirst().phase()).isEqualTo(Phase.KEPT_OUT);
    assertThat(report.incompatible().getFirst().silence()).isLessThan(Duration.ofMillis(1_100));
    assertThat(reportOf(far).self().seen().phase()).isEqualTo(Phase.KEPT_OUT);
    cluster.crash(far);
    cluster.pass(LONG);
    assertThat(reportOf(old).incompatible()).isEmpty();
  }

  private static ClusterReport reportOf(SimulatedNode node) {
    var report = node.cluster.report().toCompletableFuture();
    node.loops.runAll();
    return report.join();
  }
}
