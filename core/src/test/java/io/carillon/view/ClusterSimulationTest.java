package io.carillon.view;

import io.carillon.message.Channel;
import io.carillon.presence.Visitor;
import io.carillon.testkit.ControlNetwork.Faults;
import io.carillon.testkit.Seeded;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nodes come, crash, stop for seconds and go on, while their visitors come and go and the bus
 * loses, repeats, delays and disorders messages, is cut or goes away. No visitor and no listener is
 * told a contradiction, and when the bus is quiet again everybody knows the truth. Failures name
 * the seed.
 */
@Timeout(300)
class ClusterSimulationTest {

  private static final int SCENES = Seeded.scenes(1_000);
  private static final int STEPS = 60;

  private static final List<Channel> CHANNELS =
      List.of(
          new Channel(SimulatedNode.APP, "a"),
          new Channel(SimulatedNode.APP, "b"),
          new Channel(SimulatedNode.APP, "c"));

  private static final List<String> IDS = List.of("ada", "bob", "cleo", "dan", "eve");

  private SplittableRandom random = new SplittableRandom();
  private SimulatedCluster cluster = new SimulatedCluster(random);

  @Test
  void everybodyKnowsTheTruthWhenTheBusIsQuietAgain() {
    for (int scene = 0; scene < SCENES; scene++) {
      Seeded.run(
          seeded -> {
            random = seeded;
            play();
          });
    }
  }

  private void play() {
    cluster = new SimulatedCluster(random);
    int nodes = 2 + random.nextInt(3);
    for (int i = 0; i < nodes; i++) {
      cluster.start();
    }
    if (random.nextBoolean()) {
      cluster.bus.setFaults(faults());
    }
    for (int step = 0; step < STEPS; step++) {
      act();
      cluster.pass(Duration.ofMillis(10L * random.nextInt(1, 40)));
    }
    cluster.bus.setFaults(Faults.NONE);
    cluster.bus.mend();
    cluster.bus.setAway(false);
    cluster.nodes.forEach(node -> node.network.resume());
    cluster.pass(Duration.ofSeconds(20));
    cluster.check(CHANNELS);
  }

  private Faults faults() {
    return new Faults(
        Duration.ofMillis(random.nextInt(1, 400)),
        random.nextDouble() * 0.2,
        random.nextDouble() * 0.2,
        random.nextDouble() * 0.2);
  }

  private void act() {
    SimulatedNode node =
        cluster.nodes.isEmpty() ? null : cluster.nodes.get(random.nextInt(cluster.nodes.size()));
    if (node == null) {
      cluster.start();
      return;
    }
    switch (random.nextInt(30)) {
      case 0 -> {
        if (cluster.nodes.size() < 5) {
          cluster.start();
        }
      }
      case 1 -> {
        if (cluster.nodes.size() > 1) {
          cluster.crash(node);
        }
      }
      case 2 -> node.network.pause();
      case 3, 4 -> node.network.resume();
      case 5 -> cluster.bus.setAway(random.nextBoolean());
      case 6 -> cluster.bus.setAway(false);
      case 7 -> cluster.bus.mend();
      case 8 -> cluster.bus.cut(node.network, another().network);
      default -> {
        if (!node.network.isPaused()) {
          visit(node, CHANNELS.get(random.nextInt(CHANNELS.size())));
          node.tallyVisitors();
        }
      }
    }
  }

  private SimulatedNode another() {
    return cluster.nodes.get(random.nextInt(cluster.nodes.size()));
  }

  /** Some members have no info; the others have another one in each connection. */
  private Member member() {
    String id = IDS.get(random.nextInt(IDS.size()));
    return new Member(id, random.nextInt(4) == 0 ? "" : id + " " + random.nextInt(1_000_000));
  }

  private void visit(SimulatedNode node, Channel channel) {
    List<Visitor> visitors = node.visitors.all();
    if (visitors.size() < 2 || (visitors.size() < 6 && random.nextInt(4) == 0)) {
      node.visitors.open(random.nextInt(SimulatedNode.SHARDS));
      return;
    }
    Visitor visitor = visitors.get(random.nextInt(visitors.size()));
    switch (random.nextInt(8)) {
      case 0, 1 -> visitor.subscribe(channel);
      case 2 -> visitor.unsubscribe(channel);
      case 3, 4 -> visitor.join(channel, member(), Integer.MAX_VALUE);
      case 5, 6 -> visitor.leave(channel);
      default -> {
        if (random.nextInt(3) == 0) {
          node.visitors.close(visitor);
        }
      }
    }
  }
}
