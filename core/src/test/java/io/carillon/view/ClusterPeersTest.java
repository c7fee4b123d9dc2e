package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.Peers;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tests what a broker is told of the other nodes. */
class ClusterPeersTest {

  private final SimulatedCluster cluster = new SimulatedCluster(new SplittableRandom(1));

  private static boolean knows(SimulatedNode node) {
    return node.cluster.peers().known().toCompletableFuture().isDone();
  }

  @Test
  void aNodeAloneKnowsAllOthersWhenNobodyWasHeardForTwoSeconds() {
    SimulatedNode alone = cluster.start();
    cluster.pass(Duration.ofMillis(1_900));
    assertThat(knows(alone)).isFalse();
    cluster.pass(Duration.ofMillis(1_200));
    assertThat(knows(alone)).isTrue();
    assertThat(alone.cluster.peers().live()).isEmpty();
  }

  @Test
  void aNewcomerKnowsTheOthersSoonAndTheyKnowIt() {
    SimulatedNode first = cluster.start();
    cluster.pass(Duration.ofSeconds(5));

    SimulatedNode newcomer = cluster.start();
    cluster.pass(Duration.ofMillis(500));

    assertThat(knows(newcomer)).isTrue();
    assertThat(newcomer.cluster.peers().live()).containsExactly(first.hub.incarnation());
    assertThat(first.cluster.peers().live()).containsExactly(newcomer.hub.incarnation());
  }

  @Test
  void aStoppedNodeIsLateBeforeItIsGoneAndIsHeardAgain() {
    SimulatedNode first = cluster.start();
    SimulatedNode second = cluster.start();
    cluster.pass(Duration.ofSeconds(5));
    Peers peers = first.cluster.peers();
    assertThat(peers.isLate(second.hub.incarnation())).isFalse();

    second.network.pause();
    cluster.pass(Duration.ofMillis(1_700));
    assertThat(peers.isLate(second.hub.incarnation())).isTrue();
    assertThat(peers.live()).containsExactly(second.hub.incarnation());
    cluster.pass(Duration.ofSeconds(3));
    assertThat(peers.live()).isEmpty();

    second.network.resume();
    cluster.pass(Duration.ofSeconds(2));
    assertThat(peers.live()).containsExactly(second.hub.incarnation());
    assertThat(peers.isLate(second.hub.incarnation())).isFalse();
  }

  @Test
  void nobodyIsLateWhileTheBusIsAway() {
    SimulatedNode first = cluster.start();
    SimulatedNode second = cluster.start();
    cluster.pass(Duration.ofSeconds(5));

    cluster.bus.setAway(true);
    cluster.pass(Duration.ofSeconds(5));

    Peers peers = first.cluster.peers();
    assertThat(peers.live()).containsExactly(second.hub.incarnation());
    assertThat(peers.isLate(second.hub.incarnation())).isFalse();
  }
}
