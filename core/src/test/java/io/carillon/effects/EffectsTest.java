package io.carillon.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.effects.Effect.Counted;
import io.carillon.effects.Effect.Joined;
import io.carillon.effects.Effect.Left;
import io.carillon.effects.Effect.Occupied;
import io.carillon.effects.Effect.Vacated;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.presence.Visitor;
import io.carillon.view.Placement;
import io.carillon.view.SimulatedCluster;
import io.carillon.view.SimulatedNode;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the outside of a cluster is told, when nodes come, crash, stop and lose the bus. */
class EffectsTest {

  private static final Channel ROOM = new Channel(SimulatedNode.APP, "room");

  private final SplittableRandom random = new SplittableRandom(1);
  private final SimulatedCluster cluster = new SimulatedCluster(random);
  private final Outside outside = new Outside(random, cluster.clock);

  EffectsTest() {
    cluster.tell(outside);
  }

  @Test
  void oneNodeTellsWhatAllSee() {
    start(3);
    Visitor visitor = cluster.nodes.getFirst().visitors.open(0);
    visitor.subscribe(ROOM);
    visitor.join(ROOM, "ada");
    pass(2_000);
    cluster.nodes.getFirst().visitors.close(visitor);
    pass(4_000);

    assertThat(outside.changes(ROOM))
        .containsExactlyInAnyOrder(
            new Occupied(),
            new Counted(1),
            new Joined("ada"),
            new Counted(0),
            new Left("ada"),
            new Vacated())
        .endsWith(new Left("ada"), new Vacated());
    assertThat(outside.repeats).isZero();
  }

  @Test
  void aNodeAloneTells() {
    start(1);
    cluster.nodes.getFirst().visitors.open(0).subscribe(ROOM);
    pass(100);
    assertThat(outside.changes(ROOM)).containsExactly(new Occupied(), new Counted(1));
  }

  @Test
  void anotherNodeGoesOnWhenTheOneThatTellsCrashes() {
    start(3);
    SimulatedNode emitter = emitter();
    SimulatedNode other = another(emitter);
    Visitor visitor = other.visitors.open(0);
    visitor.subscribe(ROOM);
    pass(500);
    long last = outside.told(ROOM).getLast().serial();
    cluster.crash(emitter);
    other.visitors.open(1).subscribe(ROOM);
    pass(6_000);

    assertThat(outside.changes(ROOM))
        .containsExactly(new Occupied(), new Counted(1), new Counted(2));
    assertThat(outside.told(ROOM).getLast().serial()).isGreaterThan(last);
    assertThat(outside.repeats).isZero();
  }

  /** The channel is vacated and occupied again before anybody knows that the node has crashed. */
  @Test
  void whatHappensBeforeTheCrashIsNoticedIsToldAfterwards() {
    start(3);
    SimulatedNode emitter = emitter();
    SimulatedNode other = another(emitter);
    Visitor visitor = other.visitors.open(0);
    visitor.subscribe(ROOM);
    pass(5_500);
    cluster.crash(emitter);
    visitor.unsubscribe(ROOM);
    pass(1_600);
    visitor.subscribe(ROOM);
    pass(6_000);

    assertThat(outside.changes(ROOM))
        .filteredOn(change -> !(change instanceof Counted))
        .containsExactly(new Occupied(), new Vacated(), new Occupied());
  }

  /** The outside has the report, and the node is gone before it could tell the others so. */
  @Test
  void aRepeatIsEqualToWhatWasToldBefore() {
    start(3);
    SimulatedNode emitter = emitter();
    SimulatedNode other = another(emitter);
    outside.maxDelayMillis = 1_000_000;
    other.visitors.open(0).subscribe(ROOM);
    pass(100);
    assertThat(outside.changes(ROOM)).containsExactly(new Occupied(), new Counted(1));
    outside.maxDelayMillis = 0;
    cluster.crash(emitter);
    pass(6_000);

    assertThat(outside.repeats).isEqualTo(2);
    assertThat(outside.changes(ROOM)).containsExactly(new Occupied(), new Counted(1));
  }

  @Test
  void aNewcomerGoesOnFromTheCheckpointOfTheOthers() {
    start(1);
    for (int i = 0; i < 50; i++) {
      cluster.nodes.getFirst().visitors.open(0).subscribe(room(i));
    }
    pass(1_000);
    start(2);
    SimulatedNode newcomer = cluster.nodes.getLast();
    for (int i = 0; i < 50; i++) {
      newcomer.visitors.open(0).subscribe(room(i));
    }
    pass(3_000);
    cluster.crash(cluster.nodes.getFirst());
    pass(8_000);
    for (int i = 0; i < 50; i++) {
      assertThat(outside.changes(room(i)))
          .as("channel %d", i)
          .containsExactly(new Occupied(), new Counted(1), new Counted(2), new Counted(1));
    }
    assertThat(outside.repeats).isZero();
  }

  @Test
  void aNodeThatWasStoppedLearnsWhatWasToldBeforeItTells() {
    start(3);
    SimulatedNode emitter = emitter();
    SimulatedNode other = another(emitter);
    emitter.visitors.open(0).subscribe(ROOM);
    Visitor visitor = other.visitors.open(0);
    visitor.join(ROOM, "ada");
    pass(2_000);
    emitter.network.pause();
    pass(1_000);
    other.visitors.close(visitor);
    pass(9_000);
    assertThat(outside.changes(ROOM)).endsWith(new Left("ada"), new Counted(0), new Vacated());
    emitter.network.resume();
    pass(6_000);
    assertThat(outside.changes(ROOM)).endsWith(new Vacated(), new Occupied(), new Counted(1));
    assertThat(outside.repeats + outside.contradictions).isZero();
  }

  @Test
  void nobodyTellsWhileTheBusIsAwayAndNothingIsToldTwiceAfterwards() {
    start(3);
    SimulatedNode other = another(emitter());
    Visitor visitor = other.visitors.open(0);
    visitor.subscribe(ROOM);
    emitter().visitors.open(0).subscribe(room(1));
    pass(3_000);
    cluster.bus.setAway(true);
    pass(4_000);
    visitor.unsubscribe(ROOM);
    int before = outside.told(ROOM).size();
    pass(10_000);
    assertThat(outside.told(ROOM)).hasSize(before);
    cluster.bus.setAway(false);
    pass(20_000);

    assertThat(outside.changes(ROOM))
        .containsExactly(new Occupied(), new Counted(1), new Counted(0), new Vacated());
    assertThat(outside.changes(room(1))).containsExactly(new Occupied(), new Counted(1));
    assertThat(outside.repeats).isZero();
  }

  @Test
  void whatIsRefusedComesAgainInOrder() {
    start(2);
    outside.refusals = 0.7;
    SimulatedNode node = cluster.nodes.getFirst();
    for (int i = 0; i < 20; i++) {
      Visitor visitor = node.visitors.open(0);
      visitor.subscribe(ROOM);
      pass(300);
      node.visitors.close(visitor);
      pass(2_500);
    }
    pass(60_000);
    assertThat(outside.changes(ROOM))
        .filteredOn(change -> !(change instanceof Counted))
        .hasSize(40);
    assertThat(outside.contradictions).isZero();
  }

  @Test
  void whatAListenerDoesNotTakeForLongIsLostAndCountedAndTheStateIsTold() {
    EffectsConfig usual = EffectsConfig.DEFAULTS;
    int maxBacklog = 20;
    cluster.tell(
        outside,
        new EffectsConfig(
            maxBacklog, usual.maxBatch(), usual.retry(), usual.recall(), usual.memory()));
    start(1);
    SimulatedNode node = cluster.nodes.getFirst();
    outside.refusals = 1;
    for (int i = 0; i < 3 * maxBacklog; i++) {
      node.visitors.open(0).join(ROOM, "m" + i);
      pass(10);
    }
    assertThat(effects(node).lost()).isGreaterThan(maxBacklog);
    assertThat(effects(node).waiting()).isLessThanOrEqualTo(maxBacklog);
    outside.refusals = 0;
    pass(10_000);
    assertThat(outside.members(ROOM)).hasSize(3 * maxBacklog);
    assertThat(effects(node).waiting()).isZero();
  }

  @Test
  void oldCheckpointsAreDropped() {
    start(2);
    SimulatedNode node = cluster.nodes.getFirst();
    Visitor visitor = node.visitors.open(0);
    for (int i = 0; i < 100; i++) {
      visitor.subscribe(room(i));
    }
    pass(2_000);
    node.visitors.close(visitor);
    pass(3_000);
    assertThat(remembered()).isEqualTo(200);
    pass(600_000);
    node.visitors.open(0).subscribe(ROOM);
    another(node).visitors.open(0).subscribe(room(7));
    pass(61_000);
    node.visitors.open(0).subscribe(room(8));
    pass(1_000);
    assertThat(remembered()).isEqualTo(6);
  }

  private int remembered() {
    return cluster.nodes.stream().mapToInt(node -> effects(node).remembered()).sum();
  }

  private static Effects effects(SimulatedNode node) {
    return Objects.requireNonNull(node.effects);
  }

  private void start(int nodes) {
    for (int i = 0; i < nodes; i++) {
      cluster.start();
    }
    pass(6_000);
  }

  private void pass(int millis) {
    for (int passed = 0; passed < millis; passed += 10) {
      outside.answer();
      cluster.pass(Duration.ofMillis(10));
    }
  }

  private static Channel room(int number) {
    return new Channel(SimulatedNode.APP, "room-" + number);
  }

  private SimulatedNode emitter() {
    Set<Incarnation> all =
        cluster.nodes.stream().map(node -> node.hub.incarnation()).collect(Collectors.toSet());
    return cluster.nodes.stream()
        .filter(node -> new Placement(1, node.hub.incarnation(), all).isMine(ROOM))
        .findFirst()
        .orElseThrow();
  }

  private SimulatedNode another(SimulatedNode node) {
    return cluster.nodes.stream().filter(it -> !it.equals(node)).findFirst().orElseThrow();
  }
}
