package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.presence.Visitor;
import io.carillon.testkit.ControlNetwork.Faults;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** When a node that starts is ready: it must know what the others hold. */
class ClusterStartTest {

  private static final Channel ROOM = new Channel(SimulatedNode.APP, "room");

  private final SimulatedCluster cluster = new SimulatedCluster(new SplittableRandom(1));

  @Test
  void aNodeAloneIsReadyWhenNobodyWasHeardForTwoSeconds() {
    SimulatedNode alone = cluster.start();
    cluster.pass(Duration.ofMillis(1_900));
    assertThat(alone.cluster.isReady()).isFalse();
    cluster.pass(Duration.ofMillis(1_200));
    assertThat(alone.cluster.isReady()).isTrue();
  }

  @Test
  void aNewcomerIsReadySoonAndKnowsEverything() {
    SimulatedNode first = cluster.start();
    SimulatedNode second = cluster.start();
    cluster.pass(Duration.ofSeconds(5));
    joins(first, "ada");
    joins(second, "bob");
    cluster.pass(Duration.ofSeconds(5));
    SimulatedNode newcomer = cluster.start();
    cluster.pass(Duration.ofMillis(500));
    assertThat(newcomer.cluster.isReady()).isTrue();
    assertThat(newcomer.members(ROOM)).containsExactly("ada", "bob");
  }

  @Test
  void nodesThatStartTogetherDoNotWaitForEachOther() {
    for (int i = 0; i < 5; i++) {
      cluster.start();
    }
    cluster.pass(Duration.ofSeconds(1));
    assertThat(cluster.nodes).allMatch(node -> node.cluster.isReady());
  }

  @Test
  void aNodeThatNeverTellsWhatItHoldsIsGivenUp() {
    SimulatedNode silent = cluster.start();
    joins(silent, "ada");
    cluster.pass(Duration.ofSeconds(5));
    silent.network.loseBulk();
    SimulatedNode newcomer = cluster.start();
    cluster.pass(Duration.ofSeconds(14));
    assertThat(newcomer.cluster.isReady()).isFalse();
    cluster.pass(Duration.ofSeconds(3));
    assertThat(newcomer.cluster.isReady()).isTrue();
  }

  /** A broker with an alarm delivers, and takes nothing: clients can subscribe meanwhile. */
  @Test
  void aNodeThatDoesNotHearItselfIsReadyAfterALongTimeAndItsViewIsOld() {
    SimulatedNode deaf = cluster.start();
    cluster.bus.cut(deaf.network, deaf.network);
    cluster.pass(Duration.ofSeconds(14));
    assertThat(deaf.cluster.isReady()).isFalse();
    cluster.pass(Duration.ofSeconds(4));
    assertThat(deaf.cluster.isReady()).isTrue();
    assertThat(deaf.cluster.viewAge()).isGreaterThan(Duration.ofSeconds(16));
  }

  @Test
  void aNodeWithoutTheBusIsNotReadyHoweverLongItWaits() {
    cluster.bus.setAway(true);
    SimulatedNode lonely = cluster.start();
    cluster.pass(Duration.ofSeconds(60));
    assertThat(lonely.cluster.isReady()).isFalse();
  }

  @Test
  void aLargeSliceComesInPieces() {
    SimulatedNode first = cluster.start();
    String longName = "m".repeat(100);
    Visitor visitor = first.visitors.open(0);
    first.tallyVisitors();
    for (int i = 0; i < 2_000; i++) {
      Channel channel = new Channel(SimulatedNode.APP, "room-" + i % 10);
      first
          .presence
          .on(first.hub.shards().getFirst())
          .join(channel, new Member(longName + i, ""), 10_000, _ -> {});
    }
    visitor.subscribe(ROOM);
    cluster.pass(Duration.ofSeconds(5));
    SimulatedNode newcomer = cluster.start();
    cluster.pass(Duration.ofSeconds(3));
    assertThat(newcomer.cluster.isReady()).isTrue();
    for (int i = 0; i < 10; i++) {
      Channel channel = new Channel(SimulatedNode.APP, "room-" + i);
      assertThat(newcomer.members(channel)).hasSize(200).isEqualTo(first.members(channel));
    }
    cluster.check(List.of(ROOM));
  }

  /** The deltas that come while the pieces come are kept, and applied behind the last piece. */
  @Test
  void aSliceThatChangesWhileItIsSentIsAskedForOnce() {
    for (int seed = 0; seed < 20; seed++) {
      SimulatedCluster changing = new SimulatedCluster(new SplittableRandom(seed));
      SimulatedNode first = changing.start();
      for (int i = 0; i < 2_000; i++) {
        first.cluster.view().counted(new Channel(SimulatedNode.APP, "room-" + i), 1);
      }
      changing.pass(Duration.ofSeconds(5));
      changing.bus.setFaults(new Faults(Duration.ofMillis(400), 0, 0, 0));
      SimulatedNode newcomer = changing.start();
      for (int i = 0; i < 200; i++) {
        first.cluster.view().counted(new Channel(SimulatedNode.APP, "room-" + i), 2);
        changing.pass(Duration.ofMillis(10));
      }
      changing.pass(Duration.ofSeconds(5));
      assertThat(newcomer.cluster.isReady()).isTrue();
      assertThat(newcomer.cluster.snapshotsAsked()).as("seed %d", seed).isEqualTo(1);
      assertThat(newcomer.occupancy(new Channel(SimulatedNode.APP, "room-7")).subscriptions())
          .isEqualTo(2);
    }
  }

  private static void joins(SimulatedNode node, String id) {
    Visitor visitor = node.visitors.open(0);
    visitor.join(ROOM, new Member(id, ""), 100);
    visitor.subscribe(ROOM);
  }
}
