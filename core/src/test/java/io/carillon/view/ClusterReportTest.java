package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.membership.Heartbeat;
import io.carillon.membership.Sighting;
import io.carillon.message.Channel;
import io.carillon.presence.Visitor;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a node tells the people who run it. */
class ClusterReportTest {

  private static final Channel ROOM = new Channel(SimulatedNode.APP, "room");
  private static final Channel HALL = new Channel(SimulatedNode.APP, "hall");
  private static final Duration LONG = Duration.ofSeconds(20);

  private final SimulatedCluster cluster = new SimulatedCluster(new SplittableRandom(1));
  private final SimulatedNode a = cluster.start();
  private final SimulatedNode b = cluster.start();

  @Test
  void aNodeThatJoinsSaysSo() {
    a.loops.runAll();
    ClusterReport report = reportOf(a);
    assertThat(report.isReady()).isFalse();
    assertThat(report.self().seen().phase()).isEqualTo(Heartbeat.Phase.JOINING);
    assertThat(report.peers()).isEmpty();
  }

  @Test
  void everyNodeIsThereWithWhatItHolds() {
    Visitor ada = a.visitors.open(0);
    ada.join(ROOM, new Member("ada", ""), 100);
    ada.subscribe(ROOM);
    Visitor eve = a.visitors.open(1);
    eve.subscribe(HALL);
    eve.subscribe(ROOM);
    cluster.pass(LONG);

    ClusterReport own = reportOf(a);
    ClusterReport report = reportOf(b);
    assertThat(report.isReady()).isTrue();
    assertThat(report.viewAge()).isZero();
    assertThat(report.self().seen().node()).isEqualTo(b.hub.incarnation());
    assertThat(report.self().slice()).isEqualTo(new SliceReport(0, 0, 0, 0, true, 0));
    assertThat(report.gone()).isEmpty();
    assertThat(report.peers()).hasSize(1);
    ClusterReport.Node peer = report.peers().getFirst();
    assertThat(peer.seen().node()).isEqualTo(a.hub.incarnation());
    assertThat(peer.seen().label()).isEqualTo("n1");
    assertThat(peer.seen().version()).isEqualTo(Heartbeat.VERSION);
    assertThat(peer.seen().phase()).isEqualTo(Heartbeat.Phase.READY);
    assertThat(peer.seen().silence()).isLessThan(Duration.ofMillis(1_100));
    SliceReport slice = Objects.requireNonNull(peer.slice());
    assertThat(slice).isEqualTo(own.self().slice());
    assertThat(slice.channels()).isEqualTo(2);
    assertThat(slice.subscriptions()).isEqualTo(3);
    assertThat(slice.members()).isOne();
    assertThat(slice.bytes()).isPositive();
    eve.unsubscribe(ROOM);
    cluster.pass(LONG);
    assertThat(Objects.requireNonNull(reportOf(b).peers().getFirst().slice()).subscriptions())
        .isEqualTo(2);
  }

  @Test
  void aReplicaThatMissesADeltaIsIncompleteAndLags() {
    cluster.pass(LONG);
    a.network.loseBulk();
    cluster.bus.cut(a.network, b.network);
    a.visitors.open(0).subscribe(ROOM);
    cluster.pass(Duration.ofMillis(500));
    cluster.bus.mend();
    cluster.pass(Duration.ofSeconds(2));
    SliceReport slice = Objects.requireNonNull(reportOf(b).peers().getFirst().slice());
    assertThat(slice.isComplete()).isFalse();
    assertThat(slice.lag()).isOne();
    assertThat(slice.channels()).isZero();
  }

  @Test
  void aNodeThatHasFallenSilentIsRememberedForAnHour() {
    cluster.pass(LONG);
    cluster.crash(b);
    cluster.pass(LONG);
    ClusterReport report = reportOf(a);
    assertThat(report.peers()).isEmpty();
    assertThat(report.gone()).extracting(Sighting::label).containsExactly("n2");
    assertThat(report.gone().getFirst().silence())
        .isBetween(Duration.ofSeconds(19), Duration.ofSeconds(21));
    cluster.clock.advance(Duration.ofMinutes(61));
    assertThat(reportOf(a).gone()).isEmpty();
  }

  @Test
  void aNodeThatHasLeftIsNotMissed() {
    cluster.pass(LONG);
    var _ = b.cluster.leave();
    cluster.pass(Duration.ofMillis(100));
    cluster.crash(b);
    cluster.pass(LONG);
    ClusterReport report = reportOf(a);
    assertThat(report.peers()).isEmpty();
    assertThat(report.gone()).isEmpty();
  }

  private static ClusterReport reportOf(SimulatedNode node) {
    var report = node.cluster.report().toCompletableFuture();
    node.loops.runAll();
    return report.join();
  }
}
