package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.presence.ChannelEvent.Joined;
import io.carillon.presence.ChannelEvent.Left;
import io.carillon.presence.ChannelEvent.Vacated;
import io.carillon.presence.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the nodes of a cluster tell when one of them, or the bus, is in trouble. */
class ClusterFaultsTest {

  private static final Channel ROOM = new Channel(SimulatedNode.APP, "room");
  private static final Duration LONG = Duration.ofSeconds(20);

  private final SimulatedCluster cluster = new SimulatedCluster(new SplittableRandom(1));
  private final SimulatedNode a = cluster.start();
  private final SimulatedNode b = cluster.start();
  private final SimulatedNode c = cluster.start();

  @Test
  void membersOfANodeThatCrashesLeaveOnceAndWithinFiveSeconds() {
    joins(a, "ada");
    joins(b, "bob");
    cluster.pass(LONG);
    forgetEvents();
    cluster.crash(b);
    cluster.pass(Duration.ofSeconds(5));
    assertThat(a.events.heard(ROOM)).containsOnlyOnce(new Left(ROOM, "bob"));
    assertThat(c.events.heard(ROOM)).containsOnlyOnce(new Left(ROOM, "bob"));
    cluster.pass(LONG);
    assertThat(a.events.heard(ROOM)).isEmpty();
    cluster.check(List.of(ROOM));
  }

  @Test
  void aMemberWithAnotherConnectionElsewhereDoesNotLeaveWhenItsNodeCrashes() {
    joins(a, "ada");
    joins(b, "bob");
    joins(c, "bob");
    cluster.pass(LONG);
    forgetEvents();
    cluster.crash(b);
    cluster.pass(LONG);
    assertThat(membersLeft(a)).isEmpty();
    cluster.check(List.of(ROOM));
  }

  @Test
  void aNodeThatWasStoppedForTenSecondsSuspectsNobody() {
    joins(a, "ada");
    joins(b, "bob");
    joins(c, "cleo");
    cluster.pass(LONG);
    forgetEvents();
    b.network.pause();
    cluster.pass(Duration.ofSeconds(10));
    assertThat(membersLeft(a)).containsExactly("bob");
    b.network.resume();
    cluster.pass(LONG);
    assertThat(b.events.heard(ROOM)).as("what the stopped node tells").isEmpty();
    assertThat(a.events.heard(ROOM))
        .containsOnlyOnce(new Joined(ROOM, new Member("bob", "")))
        .noneMatch(Left.class::isInstance);
    cluster.check(List.of(ROOM));
  }

  @Test
  void nobodyIsRemovedWhileTheBusIsAway() {
    joins(a, "ada");
    joins(b, "bob");
    cluster.pass(LONG);
    forgetEvents();
    cluster.bus.setAway(true);
    cluster.pass(Duration.ofSeconds(60));
    cluster.bus.setAway(false);
    cluster.pass(LONG);
    for (SimulatedNode node : cluster.nodes) {
      assertThat(node.events.heard(ROOM)).as(node.label).isEmpty();
    }
  }

  /** The longest pause between two attempts to reconnect is longer than the timeout. */
  @Test
  void nobodyIsRemovedWhoseNodeIsBackOnTheBusLaterThanOthers() {
    joins(a, "ada");
    joins(b, "bob");
    cluster.pass(LONG);
    forgetEvents();
    cluster.bus.setAway(true);
    cluster.pass(Duration.ofSeconds(10));
    cluster.bus.cut(b.network, a.network);
    cluster.bus.cut(b.network, c.network);
    cluster.bus.setAway(false);
    cluster.pass(Duration.ofSeconds(7));
    cluster.bus.mend();
    cluster.pass(LONG);
    assertThat(membersLeft(a)).isEmpty();
    assertThat(membersLeft(c)).isEmpty();
    cluster.check(List.of(ROOM));
  }

  @Test
  void membersOfANodeThatDiesWhileTheBusIsAwayLeaveWhenTheOthersHadTimeToComeBack() {
    joins(a, "ada");
    joins(b, "bob");
    cluster.pass(LONG);
    forgetEvents();
    cluster.bus.setAway(true);
    cluster.crash(b);
    cluster.pass(Duration.ofSeconds(10));
    cluster.bus.setAway(false);
    cluster.pass(Duration.ofSeconds(15));
    assertThat(membersLeft(a)).containsExactly("bob");
    cluster.check(List.of(ROOM));
  }

  @Test
  void whatHappensWhileTheBusIsAwayIsToldWhenItIsBack() {
    Visitor ada = joins(a, "ada");
    cluster.pass(LONG);
    forgetEvents();
    cluster.bus.setAway(true);
    ada.leave(ROOM);
    joins(a, "eve");
    cluster.pass(Duration.ofSeconds(6));
    assertThat(b.events.heard(ROOM)).isEmpty();
    cluster.bus.setAway(false);
    cluster.pass(LONG);
    assertThat(b.events.heard(ROOM))
        .contains(new Joined(ROOM, new Member("eve", "")), new Left(ROOM, "ada"));
    cluster.check(List.of(ROOM));
  }

  @Test
  void aNodeThatIsNotHeardByAnotherIsGoneThereAloneAndAGapIsReportedWhenItIsBack() {
    joins(a, "ada");
    cluster.pass(LONG);
    forgetEvents();
    long before = b.hub.gaps();
    cluster.bus.cut(a.network, b.network);
    cluster.pass(Duration.ofSeconds(6));
    assertThat(membersLeft(b)).containsExactly("ada");
    assertThat(membersLeft(c)).isEmpty();
    cluster.bus.mend();
    cluster.pass(Duration.ofSeconds(5));
    assertThat(b.hub.gaps()).isEqualTo(before + 1);
    cluster.check(List.of(ROOM));
  }

  /** A broker with an alarm takes nothing, so nothing is lost. */
  @Test
  void aHeartbeatThatTheBusHasRefusedIsNoGap() {
    cluster.pass(LONG);
    long before = b.hub.gaps();
    a.network.setRefusing(true);
    cluster.pass(Duration.ofMillis(1_500));
    a.network.setRefusing(false);
    cluster.pass(LONG);
    assertThat(b.hub.gaps()).isEqualTo(before);
  }

  @Test
  void aHeartbeatThatIsMissingIsAGap() {
    cluster.pass(LONG);
    long before = b.hub.gaps();
    cluster.bus.cut(a.network, b.network);
    cluster.pass(Duration.ofSeconds(2));
    cluster.bus.mend();
    cluster.pass(Duration.ofSeconds(2));
    assertThat(b.hub.gaps()).isEqualTo(before + 1);
  }

  @Test
  void aMemberThatIsBackWithinASecondWasNeverGone() {
    Visitor ada = joins(a, "ada");
    cluster.pass(LONG);
    forgetEvents();
    for (int reload = 0; reload < 1_000; reload++) {
      SimulatedNode next = cluster.nodes.get(reload % 3);
      Visitor again = next.visitors.open(reload % 2);
      leaves(ada);
      cluster.pass(Duration.ofMillis(900));
      again.join(ROOM, new Member("ada", ""), 100);
      again.subscribe(ROOM);
      cluster.pass(Duration.ofMillis(200));
      ada = again;
    }
    for (SimulatedNode node : cluster.nodes) {
      assertThat(node.events.heard(ROOM))
          .as(node.label)
          .noneMatch(Left.class::isInstance)
          .noneMatch(Joined.class::isInstance)
          .noneMatch(Vacated.class::isInstance);
    }
  }

  @Test
  void aMemberThatStaysAwayHasLeftAfterTheSettleTime() {
    Visitor ada = joins(a, "ada");
    cluster.pass(LONG);
    forgetEvents();
    leaves(ada);
    cluster.pass(Duration.ofMillis(1_400));
    assertThat(membersLeft(b)).isEmpty();
    cluster.pass(Duration.ofMillis(300));
    assertThat(b.events.heard(ROOM)).containsSubsequence(new Left(ROOM, "ada"), new Vacated(ROOM));
  }

  @Test
  void aNodeThatLeavesIsGoneAtOnce() {
    joins(a, "ada");
    cluster.pass(LONG);
    forgetEvents();
    var _ = a.cluster.leave();
    cluster.pass(Duration.ofMillis(100));
    cluster.crash(a);
    cluster.pass(Duration.ofMillis(1_600));
    assertThat(membersLeft(b)).containsExactly("ada");
  }

  /** Then a limit that its numbers decide is not certain. */
  @Test
  void theTallyOfANodeThatIsSilentIsInDoubtAndThenGone() {
    joins(a, "ada");
    joins(b, "bob");
    cluster.pass(LONG);
    assertThat(c.otherVisitors()).isEqualTo(new Tallies.Others(2, 0));
    b.network.pause();
    cluster.pass(Duration.ofMillis(2_600));
    assertThat(c.otherVisitors()).isEqualTo(new Tallies.Others(1, 1));
    cluster.pass(Duration.ofSeconds(3));
    assertThat(c.otherVisitors()).isEqualTo(new Tallies.Others(1, 0));
    b.network.resume();
    cluster.pass(LONG);
    assertThat(c.otherVisitors()).isEqualTo(new Tallies.Others(2, 0));
  }

  private Visitor joins(SimulatedNode node, String id) {
    Visitor visitor = node.visitors.open(id.length() % SimulatedNode.SHARDS);
    node.tallyVisitors();
    visitor.join(ROOM, new Member(id, ""), 100);
    visitor.subscribe(ROOM);
    return visitor;
  }

  private void leaves(Visitor visitor) {
    cluster.nodes.forEach(
        node -> {
          if (node.visitors.all().contains(visitor)) {
            node.visitors.close(visitor);
            node.tallyVisitors();
          }
        });
  }

  private void forgetEvents() {
    cluster.nodes.forEach(node -> assertThat(node.events.heard(ROOM)).isNotNull());
  }

  private static List<String> membersLeft(SimulatedNode node) {
    return node.events.heard(ROOM).stream()
        .filter(Left.class::isInstance)
        .map(event -> ((Left) event).memberId())
        .toList();
  }
}
