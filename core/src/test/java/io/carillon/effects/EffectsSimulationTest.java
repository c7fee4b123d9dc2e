package io.carillon.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.presence.Visitor;
import io.carillon.testkit.ControlNetwork.Faults;
import io.carillon.testkit.Seeded;
import io.carillon.view.Member;
import io.carillon.view.SimulatedCluster;
import io.carillon.view.SimulatedNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nodes tell an outside what happens to channels, while visitors come and go. The seeds are always
 * the same, 1,000 in all, of which {@code make check} plays the first of each test; failures name
 * the seed.
 */
@Timeout(300)
class EffectsSimulationTest {

  private static final int SCENES = Seeded.scenes(334);
  private static final long FIRST_SEED = 1_000;
  private static final int STEPS = 60;
  private static final List<String> IDS = List.of("ada", "bob", "cleo");

  private static final List<Channel> CHANNELS =
      List.of(new Channel(SimulatedNode.APP, "a"), new Channel(SimulatedNode.APP, "b"));

  /** When a node has crashed, another one has told what it had not after this time. */
  private static final Duration TAKEOVER = Duration.ofSeconds(6);

  private long crashedNanos;

  /** When the nodes have started. */
  private final Map<SimulatedNode, Long> born = new HashMap<>();

  private SplittableRandom random = new SplittableRandom();
  private SimulatedCluster cluster = new SimulatedCluster(random);
  private Outside outside = new Outside(random, cluster.clock);
  private StableStates stable = new StableStates(cluster, CHANNELS, IDS);

  /** The nodes stay the same, and hear each other. */
  @Test
  void everyChangeIsToldOnceWhileTheNodesAreTheSame() {
    for (int scene = 0; scene < SCENES; scene++) {
      Seeded.run(
          FIRST_SEED + scene,
          seeded -> {
            begin(seeded);
            cluster.bus.setFaults(new Faults(Duration.ofMillis(random.nextInt(1, 100)), 0, 0, 0));
            for (int step = 0; step < STEPS; step++) {
              visit(anyNode());
              pass(random.nextInt(1, 60));
            }
            pass(600);
            checkTruth();
            assertThat(outside.repeats).as("repeats").isZero();
            assertThat(outside.contradictions).as("contradictions").isZero();
            stable.checkToldBy(outside);
          });
    }
  }

  /** A node that comes, a crash and a listener that refuses lose nothing. */
  @Test
  void everyChangeThatLastsIsToldWhenNodesComeAndCrash() {
    int[] repeats = new int[1];
    for (int scene = 0; scene < SCENES; scene++) {
      Seeded.run(
          FIRST_SEED + scene,
          seeded -> {
            begin(seeded);
            cluster.bus.setFaults(new Faults(Duration.ofMillis(random.nextInt(1, 100)), 0, 0.1, 0));
            outside.refusals = random.nextInt(3) == 0 ? 0.3 : 0;
            for (int step = 0; step < STEPS; step++) {
              switch (random.nextInt(15)) {
                case 0 -> {
                  SimulatedNode node = anyNode();
                  long now = cluster.clock.getAsLong();
                  if (isAnotherOld(node) && now - crashedNanos > TAKEOVER.toNanos()) {
                    crashedNanos = now;
                    stable.onCrash(node);
                    cluster.crash(node);
                  }
                }
                case 1 -> {
                  if (cluster.nodes.size() < 5 && outside.refusals == 0) {
                    start(); // It would not know what the listener refuses for long.
                  }
                }
                default -> visit(anyNode());
              }
              pass(random.nextInt(1, 60));
            }
            outside.refusals = 0;
            pass(2_000);
            checkTruth();
            stable.checkToldBy(outside);
            repeats[0] += outside.repeats;
          });
    }
    System.out.println("  repeats that were recognised: " + repeats[0]);
  }

  /** When all nodes that know what was told crash, nobody knows it any more. */
  private boolean isAnotherOld(SimulatedNode node) {
    long now = cluster.clock.getAsLong();
    return cluster.nodes.stream()
        .anyMatch(
            other ->
                !other.equals(node)
                    && now - born.getOrDefault(other, now) > Duration.ofSeconds(6).toNanos());
  }

  /** Whatever happens but a crash, the outside knows the truth when the bus is quiet again. */
  @Test
  void theOutsideKnowsTheTruthWhenTheBusIsQuietAgain() {
    for (int scene = 0; scene < SCENES; scene++) {
      Seeded.run(
          FIRST_SEED + scene,
          seeded -> {
            begin(seeded);
            cluster.bus.setFaults(
                new Faults(
                    Duration.ofMillis(random.nextInt(1, 400)),
                    random.nextDouble() * 0.2,
                    random.nextDouble() * 0.2,
                    random.nextDouble() * 0.2));
            for (int step = 0; step < STEPS; step++) {
              trouble();
              pass(random.nextInt(1, 40));
            }
            cluster.bus.setFaults(Faults.NONE);
            cluster.bus.mend();
            cluster.bus.setAway(false);
            cluster.nodes.forEach(node -> node.network.resume());
            pass(2_500);
            checkTruth();
          });
    }
  }

  private void begin(SplittableRandom seeded) {
    random = seeded;
    born.clear();
    cluster = new SimulatedCluster(random);
    crashedNanos = cluster.clock.getAsLong();
    outside = new Outside(random, cluster.clock);
    outside.maxDelayMillis = random.nextInt(100);
    stable = new StableStates(cluster, CHANNELS, IDS);
    cluster.tell(outside);
    int nodes = 2 + random.nextInt(3);
    for (int i = 0; i < nodes; i++) {
      start();
    }
    pass(600);
  }

  private void start() {
    born.put(cluster.start(), cluster.clock.getAsLong());
  }

  private void trouble() {
    SimulatedNode node = anyNode();
    switch (random.nextInt(30)) {
      case 0 -> {
        if (cluster.nodes.size() < 5) {
          start();
        }
      }
      case 1, 2 -> node.network.pause();
      case 3, 4 -> node.network.resume();
      case 5 -> cluster.bus.setAway(random.nextBoolean());
      case 6 -> cluster.bus.setAway(false);
      case 7 -> cluster.bus.mend();
      case 8 -> cluster.bus.cut(node.network, anyNode().network);
      default -> visit(node);
    }
  }

  private SimulatedNode anyNode() {
    return cluster.nodes.get(random.nextInt(cluster.nodes.size()));
  }

  private void visit(SimulatedNode node) {
    if (node.network.isPaused()) {
      return;
    }
    Channel channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
    List<Visitor> visitors = node.visitors.all();
    if (visitors.isEmpty() || (visitors.size() < 2 && random.nextInt(3) == 0)) {
      node.visitors.open(random.nextInt(SimulatedNode.SHARDS));
      return;
    }
    Visitor visitor = visitors.get(random.nextInt(visitors.size()));
    switch (random.nextInt(7)) {
      case 0, 1 -> visitor.subscribe(channel);
      case 2, 3 -> visitor.unsubscribe(channel);
      case 4 ->
          visitor.join(
              channel, new Member(IDS.get(random.nextInt(IDS.size())), ""), Integer.MAX_VALUE);
      case 5 -> visitor.leave(channel);
      default -> node.visitors.close(visitor);
    }
  }

  /** Hundredths of a second pass. */
  private void pass(int steps) {
    for (int step = 0; step < steps; step++) {
      outside.answer();
      cluster.pass(Duration.ofMillis(10));
      stable.look();
    }
  }

  private void checkTruth() {
    for (Channel channel : CHANNELS) {
      int subscriptions = cluster.subscriptions(channel);
      Set<String> members = cluster.members(channel);
      assertThat(outside.isOccupied(channel)).as("%s", channel).isEqualTo(subscriptions > 0);
      assertThat(outside.count(channel)).as("%s", channel).isEqualTo(subscriptions);
      assertThat(outside.members(channel)).as("%s", channel).isEqualTo(members);
    }
  }
}
