package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.presence.Visitor;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How soon, and with how many messages, nodes tell each other of changes. */
class ClusterPaceTest {

  private static final Channel ROOM = new Channel(SimulatedNode.APP, "room");

  private final SimulatedCluster cluster = new SimulatedCluster(new SplittableRandom(1));
  private final SimulatedNode a = cluster.start();
  private final SimulatedNode b = cluster.start();

  /** A message takes 20 ms at most, and a tick 50 ms. */
  @Test
  void aChangeAfterAQuietTickDoesNotWaitForAWholeOne() {
    cluster.pass(Duration.ofSeconds(5));
    joins("ada");
    cluster.pass(Duration.ofMillis(40));
    assertThat(b.members(ROOM)).containsExactly("ada");
  }

  @Test
  void manyChangesAreOneMessageATick() {
    cluster.pass(Duration.ofSeconds(5));
    long before = cluster.bus.carried();
    for (int i = 0; i < 100; i++) {
      joins("ada" + i);
      cluster.pass(Duration.ofMillis(10));
    }
    int ticks = 1_000 / 50 + 1;
    int heartbeats = 2 * 2;
    int receivers = 2;
    assertThat(cluster.bus.carried() - before)
        .isBetween(20L, (ticks + heartbeats) * (long) receivers);
    cluster.pass(Duration.ofSeconds(1));
    assertThat(b.members(ROOM)).hasSize(100);
  }

  private void joins(String id) {
    Visitor visitor = a.visitors.open(0);
    visitor.join(ROOM, new Member(id, ""), 1_000);
    visitor.subscribe(ROOM);
  }
}
