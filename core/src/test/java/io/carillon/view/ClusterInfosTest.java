package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.presence.ChannelEvent;
import io.carillon.presence.ChannelEvent.Joined;
import io.carillon.presence.ChannelEvent.Left;
import io.carillon.presence.Visitor;
import io.carillon.testkit.ControlNetwork.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Infos of members go to the nodes that have followers of the channel, and to no other node. */
class ClusterInfosTest {

  private static final Channel ROOM = new Channel(SimulatedNode.APP, "room");
  private static final Duration SOON = Duration.ofMillis(300);

  private final SimulatedCluster cluster = new SimulatedCluster(new SplittableRandom(1));
  private final SimulatedNode a = cluster.start();
  private final SimulatedNode b = cluster.start();
  private final SimulatedNode c = cluster.start();

  @BeforeEach
  void everybodyIsReady() {
    cluster.pass(Duration.ofSeconds(5));
  }

  @Test
  void aNodeWithoutFollowersReceivesNoInfo() {
    int members = 50;
    int infoBytes = 1_000;
    watches(b);
    cluster.pass(SOON);
    long toB = b.network.receivedBytes();
    long toC = c.network.receivedBytes();
    for (int i = 0; i < members; i++) {
      joins(a, new Member("m" + i, "m" + i + "x".repeat(infoBytes)));
    }
    cluster.pass(SOON);

    assertThat(c.members(ROOM)).hasSize(members);
    assertThat(c.network.receivedBytes() - toC).isLessThan(members * 80L);
    assertThat(c.visitors.infos()).isZero();
    assertThat(b.network.receivedBytes() - toB).isGreaterThan((long) members * infoBytes);
    assertThat(b.visitors.infos()).isEqualTo(members);
  }

  @Test
  void aNodeForgetsTheInfosWithItsLastFollowerAndAsksAgainForTheNext() {
    Visitor first = watches(b);
    joins(a, new Member("ada", "ada 1"));
    cluster.pass(SOON);
    first.leave(ROOM);
    cluster.pass(SOON);
    assertThat(b.visitors.infos()).isZero();

    Visitor second = watches(b);
    cluster.pass(SOON);
    assertThat(second.infos(ROOM)).containsEntry("ada", "ada 1");
  }

  @Test
  void theFirstFollowerIsAnsweredWhenTheInfosOfAllMembersAreKnown() {
    int members = 3_000;
    for (int i = 0; i < members; i++) {
      a.presence
          .on(a.hub.shards().getFirst())
          .join(ROOM, new Member("m" + i, "m" + i + "x".repeat(100)), 10_000, _ -> {});
    }
    cluster.pass(Duration.ofSeconds(2));
    Visitor visitor = watches(b);
    while (visitor.knows(ROOM) == null) {
      cluster.pass(Duration.ofMillis(10));
    }
    assertThat(visitor.infos(ROOM)).hasSize(members).doesNotContainValue("");
  }

  /** A long answer is slow on the bulk lane, and the delta of a newer info overtakes it. */
  @Test
  void anInfoThatChangesWhileItIsOnItsWayIsAskedForAgain() {
    for (int seed = 0; seed < 20; seed++) {
      SimulatedCluster slow = new SimulatedCluster(new SplittableRandom(seed));
      SimulatedNode holder = slow.start();
      SimulatedNode follower = slow.start();
      slow.pass(Duration.ofSeconds(5));
      Visitor watcher = watches(follower);
      slow.pass(SOON);
      slow.bus.setFaults(new Faults(Duration.ofMillis(400), 0, 0, 0));
      Visitor last = watcher;
      for (int change = 0; change < 20; change++) {
        for (int i = 0; i < 20; i++) {
          last = joins(holder, new Member("m" + i, "m" + i + "x".repeat(1_000 + change)));
        }
        slow.pass(Duration.ofMillis(70));
      }
      slow.pass(Duration.ofSeconds(4));
      assertThat(watcher.infos(ROOM)).as("seed %d", seed).isEqualTo(last.infos(ROOM));
    }
  }

  @Test
  void aMemberIsAddedWithItsInfo() {
    List<ChannelEvent> heard = heard(b);
    watches(b);
    cluster.pass(SOON);
    joins(a, new Member("ada", "ada 1"));
    cluster.pass(SOON);
    assertThat(heard).containsExactly(new Joined(ROOM, new Member("ada", "ada 1")));
  }

  @Test
  void aMemberWhoseInfoDoesNotComeIsAddedWithoutItAndLaterListsHaveIt() {
    List<ChannelEvent> heard = heard(b);
    watches(b);
    cluster.pass(SOON);
    cluster.bus.cut(b.network, a.network);
    joins(a, new Member("ada", "ada 1"));
    cluster.pass(Duration.ofMillis(1_900));
    assertThat(heard).isEmpty();
    cluster.pass(SOON);
    assertThat(heard).containsExactly(new Joined(ROOM, new Member("ada", "")));

    cluster.bus.mend();
    cluster.pass(Duration.ofSeconds(3));
    Visitor later = watches(b);
    cluster.pass(SOON);
    assertThat(later.infos(ROOM)).containsEntry("ada", "ada 1");
    assertThat(heard).hasSize(1);
  }

  @Test
  void theFirstFollowerDoesNotWaitForeverForAnInfoThatDoesNotCome() {
    joins(a, new Member("ada", "ada 1"));
    cluster.pass(SOON);
    cluster.bus.cut(b.network, a.network);
    Visitor visitor = watches(b);
    cluster.pass(Duration.ofMillis(1_900));
    assertThat(visitor.knows(ROOM)).isNull();
    cluster.pass(SOON);
    assertThat(visitor.infos(ROOM)).containsEntry("ada", "");
  }

  @Test
  void theFirstFollowerDoesNotWaitForTheInfoOfAMemberThatLeaves() {
    Visitor ada = joins(a, new Member("ada", "ada 1"));
    cluster.pass(SOON);
    cluster.bus.cut(b.network, a.network);
    Visitor visitor = watches(b);
    cluster.pass(SOON);
    ada.leave(ROOM);
    cluster.pass(SOON);
    assertThat(visitor.infos(ROOM)).isEmpty();
    assertThat(visitor.knows(ROOM)).isEmpty();
  }

  @Test
  void aMemberThatLeavesBeforeItsInfoHasComeIsNotTold() {
    List<ChannelEvent> heard = heard(b);
    watches(b);
    cluster.pass(SOON);
    cluster.bus.cut(b.network, a.network);
    Visitor ada = joins(a, new Member("ada", "ada 1"));
    cluster.pass(SOON);
    ada.leave(ROOM);
    cluster.pass(Duration.ofMillis(2_200));
    assertThat(heard).isEmpty();
    assertThat(b.events.heard(ROOM))
        .containsSubsequence(new Joined(ROOM, new Member("ada", "")), new Left(ROOM, "ada"));
  }

  @Test
  void theInfoOfTheNewestConnectionIsShownOnAllNodesWithoutAnEvent() {
    Visitor onA = joins(a, new Member("ada", "ada 1"));
    Visitor onC = watches(c);
    cluster.pass(SOON);
    List<ChannelEvent> heard = heard(c);

    joins(a, new Member("ada", "ada 2"));
    cluster.pass(SOON);
    assertThat(onA.infos(ROOM)).containsEntry("ada", "ada 2");
    assertThat(onC.infos(ROOM)).containsEntry("ada", "ada 2");

    Visitor onB = joins(b, new Member("ada", "ada 3"));
    cluster.pass(SOON);
    assertThat(onA.infos(ROOM)).containsEntry("ada", "ada 3");
    assertThat(onB.infos(ROOM)).containsEntry("ada", "ada 3");
    assertThat(onC.infos(ROOM)).containsEntry("ada", "ada 3");

    joins(a, new Member("ada", "ada 2"));
    cluster.pass(SOON);
    assertThat(onB.infos(ROOM)).containsEntry("ada", "ada 2");
    assertThat(onC.infos(ROOM)).containsEntry("ada", "ada 2");

    joins(b, new Member("ada", ""));
    cluster.pass(SOON);
    assertThat(onA.infos(ROOM)).containsEntry("ada", "");
    assertThat(onC.infos(ROOM)).containsEntry("ada", "");
    assertThat(heard).isEmpty();
  }

  @Test
  void whenTheNodeOfTheNewestConnectionIsGoneTheOtherInfoIsShown() {
    Visitor onA = joins(a, new Member("ada", "ada 1"));
    cluster.pass(SOON);
    joins(b, new Member("ada", "ada 2"));
    Visitor onC = watches(c);
    cluster.pass(SOON);
    assertThat(onC.infos(ROOM)).containsEntry("ada", "ada 2");
    cluster.crash(b);
    cluster.pass(Duration.ofSeconds(5));
    assertThat(onA.infos(ROOM)).containsEntry("ada", "ada 1");
    assertThat(onC.infos(ROOM)).containsEntry("ada", "ada 1");
  }

  @Test
  void aMemberThatIsBackOnAnotherNodeIsListedAsBeforeUntilThatNodeHasAnswered() {
    watches(b);
    Visitor ada = joins(a, new Member("ada", "ada 1"));
    cluster.pass(SOON);
    cluster.bus.cut(b.network, c.network);
    ada.leave(ROOM);
    cluster.pass(SOON);
    Visitor again = joins(c, new Member("ada", "ada 2"));
    cluster.pass(SOON);
    Visitor later = b.visitors.open(1); // The first one of its shard.
    later.watch(ROOM);
    cluster.pass(SOON);
    assertThat(again.memberIn(ROOM)).isEqualTo("ada");
    assertThat(later.infos(ROOM)).containsEntry("ada", "ada 1");

    cluster.bus.mend();
    cluster.pass(Duration.ofSeconds(3));
    assertThat(later.infos(ROOM)).containsEntry("ada", "ada 2");
  }

  private static Visitor joins(SimulatedNode node, Member member) {
    Visitor visitor = node.visitors.open(0);
    visitor.join(ROOM, member, 10_000);
    return visitor;
  }

  private static Visitor watches(SimulatedNode node) {
    Visitor visitor = node.visitors.open(0);
    visitor.watch(ROOM);
    return visitor;
  }

  /** What the first shard of a node tells its clients from now on. */
  private static List<ChannelEvent> heard(SimulatedNode node) {
    List<ChannelEvent> heard = new ArrayList<>();
    node.presence.on(node.hub.shards().getFirst()).listen(heard::add);
    return heard;
  }
}
