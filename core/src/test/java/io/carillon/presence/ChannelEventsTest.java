package io.carillon.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.presence.ChannelEvent.Counted;
import io.carillon.presence.ChannelEvent.Joined;
import io.carillon.presence.ChannelEvent.Left;
import io.carillon.presence.ChannelEvent.Occupied;
import io.carillon.presence.ChannelEvent.Vacated;
import io.carillon.testkit.OtherNodes;
import io.carillon.view.Member;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelEventsTest {

  private static final Channel ROOM = new Channel("1", "room");
  private static final Member ADA = new Member("ada", "");
  private static final Member BOB = new Member("bob", "");

  private final PresenceWorld world = new PresenceWorld(2);
  private final EventSum sum = new EventSum();
  private final OtherNodes.Node other = world.others.node("other");

  ChannelEventsTest() {
    world.presence.listen(app -> app.equals("1"), sum);
  }

  @Test
  void tellsThatAChannelIsOccupiedCountedAndVacated() {
    Visitor first = world.visitor(0);
    Visitor second = world.visitor(1);
    first.subscribe(ROOM);
    world.settle();
    second.subscribe(ROOM);
    world.settle();
    first.unsubscribe(ROOM);
    world.settle();
    world.visitors.close(second);
    world.settle();

    assertThat(sum.heard(ROOM))
        .containsExactly(
            new Occupied(ROOM),
            new Counted(ROOM, 1),
            new Counted(ROOM, 2),
            new Counted(ROOM, 1),
            new Counted(ROOM, 0),
            new Vacated(ROOM));
  }

  @Test
  void aChannelIsOccupiedAsLongAsAnyNodeHasSubscriptions() {
    Visitor visitor = world.visitor(0);
    other.count(ROOM, 2);
    world.settle();
    visitor.subscribe(ROOM);
    world.settle();
    visitor.unsubscribe(ROOM);
    world.settle();
    other.die();
    world.settle();

    assertThat(sum.heard(ROOM))
        .containsExactly(
            new Occupied(ROOM),
            new Counted(ROOM, 2),
            new Counted(ROOM, 3),
            new Counted(ROOM, 2),
            new Counted(ROOM, 0),
            new Vacated(ROOM));
  }

  @Test
  void aMemberHasLeftOnlyWhenNoNodeHasAnyOfItsConnections() {
    Visitor ada = world.visitor(0);
    Visitor bob = world.visitor(1);
    ada.join(ROOM, "ada");
    bob.join(ROOM, "bob");
    other.join(ROOM, ADA);
    world.settle();
    ada.leave(ROOM);
    world.settle();

    assertThat(bob.knows(ROOM)).containsExactly("ada", "bob");
    assertThat(sum.heard(ROOM)).containsExactlyInAnyOrder(new Joined(ROOM, ADA), joinedBob());

    other.leave(ROOM, "ada");
    world.settle();

    assertThat(bob.knows(ROOM)).containsExactly("bob");
    assertThat(sum.heard(ROOM)).containsExactly(new Left(ROOM, "ada"));
  }

  private static ChannelEvent joinedBob() {
    return new Joined(ROOM, BOB);
  }

  @Test
  void aMemberWhoIsOnAnotherNodeAlreadyHasNotJoinedAgain() {
    Visitor bob = world.visitor(1);
    bob.watch(ROOM);
    other.join(ROOM, ADA);
    world.settle();
    assertThat(sum.heard(ROOM)).containsExactly(new Joined(ROOM, ADA));

    world.visitor(0).join(ROOM, "ada");
    other.leave(ROOM, "ada");
    world.settle();

    assertThat(sum.heard(ROOM)).isEmpty();
    assertThat(bob.knows(ROOM)).containsExactly("ada");
    assertThat(world.others.ownMembers(ROOM)).containsExactly("ada");
  }

  @Test
  void membersOfOtherNodesCountAgainstTheLimit() {
    other.join(ROOM, ADA);
    world.settle();
    Visitor ada = world.visitor(0);
    Visitor bob = world.visitor(1);
    ada.join(ROOM, ADA, 1);
    bob.join(ROOM, BOB, 1);
    world.settle();

    assertThat(ada.memberIn(ROOM)).isEqualTo("ada");
    assertThat(bob.memberIn(ROOM)).isNull();
  }

  @Test
  void aListAndTheEventsAfterItFitAlsoWhileTheViewHasNotReportedYet() {
    Visitor bob = world.visitor(0);
    bob.join(ROOM, "bob");
    world.settle();
    other.join(ROOM, ADA); // The view knows it, and has not reported it.
    Visitor cleo = world.visitor(1);
    cleo.join(ROOM, "cleo");
    world.loops.runAll();
    other.leave(ROOM, "ada");
    world.settle();

    assertThat(cleo.knows(ROOM)).containsExactly("bob", "cleo");
    assertThat(bob.knows(ROOM)).containsExactly("bob", "cleo");
  }

  @Test
  void aListenerThatFailsKeepsNothingFromTheOthers() {
    PresenceWorld failing = new PresenceWorld(1);
    failing.presence.listen(
        app -> true,
        event -> {
          throw new IllegalStateException("as the test wants it");
        });
    EventSum later = new EventSum();
    failing.presence.listen(app -> true, later);
    failing.visitor(0).subscribe(ROOM);
    failing.settle();

    assertThat(later.heard(ROOM)).containsExactly(new Occupied(ROOM), new Counted(ROOM, 1));
  }

  @Test
  void topicsThatNobodyListensToAreCountedWhenSomebodyAsks() {
    Channel topic = Channel.ofTopic("sports");
    world.visitor(0).subscribe(topic);
    world.visitor(1).subscribe(topic);
    world.settle();

    assertThat(world.ask(world.presence.occupancy(topic))).isEqualTo(new Occupancy(2, 0));
    assertThat(world.ask(world.presence.occupied(Channel.NO_APP, "sp")))
        .isEqualTo(Map.of(topic, new Occupancy(2, 0)));
    assertThat(world.ask(world.presence.occupied(Channel.NO_APP, "x"))).isEmpty();
    assertThat(world.others.ownCount(topic)).isZero();
    assertThat(world.presence.rosters()).isZero();
  }

  @Test
  void topicsAreCountedAllTheTimeWhereAListenerWantsThem() {
    EventSum topics = new EventSum();
    PresenceWorld listening = new PresenceWorld(2);
    listening.presence.listen(Channel.NO_APP::equals, topics);
    Channel topic = Channel.ofTopic("sports");
    listening.visitor(0).subscribe(topic);
    listening.visitor(1).subscribe(topic);
    listening.settle();

    assertThat(topics.counts).isEqualTo(Map.of(topic, 2));
    assertThat(listening.others.ownCount(topic)).isEqualTo(2);
  }

  /** The channel waits with its end for a member who is about to leave. */
  @Test
  void aChannelIsVacatedAlsoWhenAMemberWhoWasAboutToLeaveIsBack() {
    Duration settle = Duration.ofSeconds(1);
    PresenceWorld slow = new PresenceWorld(2, settle);
    EventSum heard = new EventSum();
    slow.presence.listen(app -> true, heard);
    Visitor ada = slow.visitor(0);
    Visitor bob = slow.visitor(1);
    bob.subscribe(ROOM);
    ada.join(ROOM, "ada");
    slow.settle();
    bob.unsubscribe(ROOM);
    slow.run();
    slow.clock.advance(settle.dividedBy(2));
    ada.leave(ROOM);
    slow.run();
    slow.clock.advance(settle.dividedBy(2));
    slow.run();
    ada.join(ROOM, "ada");
    slow.run();

    assertThat(heard.heard(ROOM)).endsWith(new Counted(ROOM, 0), new Vacated(ROOM));
  }
}
