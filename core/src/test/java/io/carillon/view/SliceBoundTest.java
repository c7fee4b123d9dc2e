package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.presence.JoinOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A node holds no more members than its slice has room for. */
class SliceBoundTest {

  private static final Channel ROOM = new Channel(SimulatedNode.APP, "room");
  private static final String INFO = "\"" + "x".repeat(1_000) + "\"";
  private static final long BOUND = 64 << 10;

  private final SimulatedCluster cluster =
      new SimulatedCluster(
          new SplittableRandom(1),
          new ViewConfig(
              Duration.ofMillis(50), Duration.ofSeconds(5), Duration.ofSeconds(15), BOUND));
  private final SimulatedNode node = cluster.start();
  private final SimulatedNode other = cluster.start();

  @Test
  void joinsBeyondTheBoundAreRefusedAndRoomThatIsGivenBackIsUsed() {
    List<JoinOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      outcomes.add(join(node, "m" + i, INFO));
    }
    int joined = (int) outcomes.stream().filter(JoinOutcome.JOINED::equals).count();
    assertThat(joined).isBetween(20, 32);
    assertThat(outcomes.subList(joined, 100)).containsOnly(JoinOutcome.NO_ROOM);
    assertThat(other.members(ROOM)).hasSize(joined);

    node.presence.on(node.hub.shards().getFirst()).leave(ROOM, "m0");
    cluster.pass(Duration.ofSeconds(2));
    assertThat(join(node, "again", INFO)).isEqualTo(JoinOutcome.JOINED);
  }

  @Test
  void aMemberThatFitsIntoNoMessageIsRefused() {
    assertThat(join(node, "large", "\"" + "x".repeat(40_000) + "\""))
        .isEqualTo(JoinOutcome.NO_ROOM);
  }

  @Test
  void joinsElsewhereAreNotRefused() {
    for (int i = 0; i < 40; i++) {
      join(node, "m" + i, INFO);
    }
    assertThat(join(other, "eve", INFO)).isEqualTo(JoinOutcome.JOINED);
    assertThat(node.members(ROOM)).contains("eve");
  }

  private JoinOutcome join(SimulatedNode where, String id, String info) {
    List<JoinOutcome> outcome = new ArrayList<>();
    where
        .presence
        .on(where.hub.shards().getFirst())
        .join(ROOM, new Member(id, info), 10_000, outcome::add);
    cluster.pass(Duration.ofMillis(200));
    return outcome.getFirst();
  }
}
