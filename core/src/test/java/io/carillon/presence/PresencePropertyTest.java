package io.carillon.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.testkit.OtherNodes;
import io.carillon.testkit.Seeded;
import io.carillon.view.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/**
 * Connections on several shards subscribe, join, watch and leave; members and subscriptions of two
 * other nodes come and go; the view reports late. Every listener checks that no event contradicts
 * the ones before, and in the end all sums are equal to what is there. Failures name the seed.
 */
@Timeout(120)
class PresencePropertyTest {

  private static final int SHARDS = 3;
  private static final int SCENES = 40;
  private static final int STEPS = 600;
  private static final int MAX_MEMBERS = 4;
  private static final Duration SETTLE = Duration.ofMillis(100);

  /** Heard by two listeners. */
  private static final String APP = "1";

  /** Counted, and heard by nobody. */
  private static final String COUNTED_APP = "2";

  /** Neither counted nor heard by anybody. */
  private static final String QUIET_APP = "3";

  private static final List<Channel> CHANNELS =
      List.of(
          new Channel(APP, "a"),
          new Channel(APP, "b"),
          Channel.ofTopic("a"),
          Channel.ofTopic("b"),
          new Channel(COUNTED_APP, "a"),
          new Channel(QUIET_APP, "a"));

  private static final List<String> IDS = List.of("ada", "bob", "cleo", "dan", "eve");

  private SplittableRandom random = new SplittableRandom();
  private PresenceWorld world = new PresenceWorld(SHARDS);

  @RepeatedTest(10)
  void eventsAddUpToWhatIsThere() {
    Seeded.run(
        seeded -> {
          random = seeded;
          for (int scene = 0; scene < SCENES; scene++) {
            play();
          }
        });
  }

  private void play() {
    world = new PresenceWorld(SHARDS, random.nextBoolean() ? SETTLE : Duration.ZERO);
    EventSum app = new EventSum();
    EventSum everyone = new EventSum();
    EventSum topicsAlone = new EventSum();
    world.presence.listen(APP::equals, app);
    world.presence.listen(a -> a.equals(APP) || a.equals(Channel.NO_APP), everyone);
    world.presence.listen(Channel.NO_APP::equals, topicsAlone);
    world.presence.count(COUNTED_APP::equals);
    world.presence.tellCounts(channel -> !channel.app().equals(QUIET_APP));
    for (int step = 0; step < STEPS; step++) {
      act();
    }
    world.settle();
    for (Channel channel : CHANNELS) {
      checkDirectory(channel);
      checkVisitors(channel);
      checkPublished(channel);
      boolean isTopic = channel.app().equals(Channel.NO_APP);
      boolean isOfApp = channel.app().equals(APP);
      checkSum(everyone, channel, isTopic || isOfApp);
      checkSum(app, channel, isOfApp);
      checkSum(topicsAlone, channel, isTopic);
    }
    checkOrder(everyone, app, topicsAlone);
    endAll();
    assertThat(everyone.counts).isEmpty();
    assertThat(everyone.members).isEmpty();
    assertThat(world.presence.rosters()).isZero();
    assertThat(world.presence.infos()).isZero();
  }

  private void act() {
    int kind = random.nextInt(24);
    Channel channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
    if (random.nextInt(200) == 0) {
      world.clock.advance(Introductions.PATIENCE); // Then members are told of without their infos.
    }
    if (kind < 2 && world.visitors.all().size() < 12) {
      world.visitor(random.nextInt(SHARDS));
    } else if (kind < 6 && !world.visitors.all().isEmpty()) {
      act(world.visitors.all().get(random.nextInt(world.visitors.all().size())), channel);
    } else if (kind < 8) {
      act(world.others.node(random.nextBoolean() ? "x" : "y"), channel);
    } else if (kind < 11) {
      world.others.answer();
      world.others.report(); // More often than others act, so that the view is rarely far ahead.
    } else if (kind < 12) {
      world.broker.answerAll();
    } else if (kind < 14) {
      world.clock.advance(Duration.ofMillis(random.nextInt(60)));
    } else {
      world.loops.runOne(random);
    }
  }

  private void act(Visitor visitor, Channel channel) {
    switch (random.nextInt(9)) {
      case 0, 1 -> visitor.subscribe(channel);
      case 2 -> visitor.unsubscribe(channel);
      case 3, 4 -> visitor.join(channel, member(), MAX_MEMBERS);
      case 5 -> visitor.watch(channel);
      case 6, 7 -> visitor.leave(channel);
      default -> {
        if (random.nextInt(3) == 0) {
          world.visitors.close(visitor);
        }
      }
    }
  }

  private void act(OtherNodes.Node node, Channel channel) {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> node.count(channel, random.nextInt(3));
      case 3, 4, 5 -> node.join(channel, member());
      case 6, 7, 8 -> node.leave(channel, id());
      default -> {
        if (random.nextInt(3) == 0) {
          node.die();
        }
      }
    }
  }

  private String id() {
    return IDS.get(random.nextInt(IDS.size()));
  }

  private Member member() {
    String id = id();
    return new Member(id, random.nextInt(3) == 0 ? "" : id + " " + random.nextInt(3));
  }

  private Set<String> ownMembers(Channel channel) {
    Set<String> ids = new TreeSet<>();
    for (Visitor visitor : world.visitors.all()) {
      String id = visitor.memberIn(channel);
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }

  private Set<String> members(Channel channel) {
    Set<String> ids = ownMembers(channel);
    ids.addAll(world.others.members(channel));
    return ids;
  }

  private int ownSubscriptions(Channel channel) {
    return (int) world.visitors.all().stream().filter(v -> v.isSubscribed(channel)).count();
  }

  private int subscriptions(Channel channel) {
    return ownSubscriptions(channel) + world.others.subscriptions(channel);
  }

  private void checkDirectory(Channel channel) {
    Occupancy expected = new Occupancy(subscriptions(channel), members(channel).size());
    assertThat(world.ask(world.presence.occupancy(channel))).as("%s", channel).isEqualTo(expected);
    assertThat(world.ask(world.presence.members(channel)))
        .as("%s", channel)
        .containsExactlyInAnyOrderElementsOf(members(channel));
    Map<Channel, Occupancy> occupied =
        world.ask(world.presence.occupied(channel.app(), channel.name()));
    assertThat(occupied.containsKey(channel)).as("%s", channel).isEqualTo(expected.isOccupied());
    if (expected.isOccupied()) {
      assertThat(occupied.get(channel)).as("%s", channel).isEqualTo(expected);
    }
  }

  private void checkVisitors(Channel channel) {
    for (Visitor visitor : world.visitors.all()) {
      if (visitor.follows(channel)) {
        assertThat(visitor.knows(channel)).as("%s", channel).isEqualTo(members(channel));
        assertThat(visitor.infos(channel)).as("%s", channel).isEqualTo(world.others.infos(channel));
      }
      if (visitor.isSubscribed(channel) && !channel.app().equals(QUIET_APP)) {
        assertThat(visitor.count(channel)).as("%s", channel).isEqualTo(subscriptions(channel));
      }
    }
  }

  /** What the node has published to others is its own part. */
  private void checkPublished(Channel channel) {
    assertThat(world.others.ownMembers(channel)).as("%s", channel).isEqualTo(ownMembers(channel));
    int expected = channel.app().equals(QUIET_APP) ? 0 : ownSubscriptions(channel);
    assertThat(world.others.ownCount(channel)).as("%s", channel).isEqualTo(expected);
  }

  private void checkSum(EventSum sum, Channel channel, boolean hears) {
    int count = hears ? subscriptions(channel) : 0;
    Set<String> ids = hears ? members(channel) : Set.of();
    assertThat(sum.counts.getOrDefault(channel, 0)).as("%s", channel).isEqualTo(count);
    assertThat(sum.members.getOrDefault(channel, Set.of())).as("%s", channel).isEqualTo(ids);
  }

  /** Listeners of one channel hear the same events in the same order. */
  private static void checkOrder(EventSum everyone, EventSum app, EventSum topics) {
    for (Channel channel : CHANNELS) {
      List<ChannelEvent> heard = everyone.heard(channel);
      assertThat(channel.app().equals(APP) ? app.heard(channel) : topics.heard(channel))
          .isEqualTo(heard);
    }
  }

  private void endAll() {
    world.visitors.all().forEach(world.visitors::close);
    world.others.node("x").die();
    world.others.node("y").die();
    world.settle();
  }
}
