package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.metrics.LatencyStats;
import io.carillon.metrics.MetricFamily;
import io.carillon.metrics.MetricSink;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How old a node says that its view is. */
class ViewAgeTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final SimulatedCluster cluster = new SimulatedCluster(new SplittableRandom(1));
  private final SimulatedNode a = cluster.start();
  private final SimulatedNode b = cluster.start();

  @Test
  void theViewIsUpToDateWhileTheNodeHearsItselfAndItsPeers() {
    cluster.pass(LONG);
    for (int i = 0; i < 500; i++) {
      cluster.pass(Duration.ofMillis(10));
      assertThat(a.cluster.viewAge()).isZero();
    }
  }

  @Test
  void aNodeThatIsNotReadyHasNotKnownTheOthersYet() {
    assertThat(a.cluster.viewAge()).isZero();
    cluster.pass(Duration.ofMillis(100));
    SimulatedNode newcomer = cluster.start();
    cluster.bus.cut(newcomer.network, newcomer.network);
    cluster.pass(Duration.ofSeconds(7));
    assertThat(newcomer.cluster.viewAge()).isEqualTo(Duration.ofSeconds(7));
    cluster.bus.mend();
    cluster.pass(Duration.ofSeconds(4));
    assertThat(newcomer.cluster.viewAge()).isZero();
  }

  @Test
  void theViewGrowsOldWhileTheBusIsAwayAndIsFreshAgainWhenAllWereHeard() {
    cluster.pass(LONG);
    cluster.bus.setAway(true);
    assertThat(a.cluster.viewAge()).as("at once").isPositive().isLessThanOrEqualTo(INTERVAL);
    cluster.pass(Duration.ofSeconds(12));
    assertThat(a.cluster.viewAge()).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(13));
    assertThat(ageMetric(a)).isBetween(12.0, 13.0);
    cluster.bus.setAway(false);
    assertThat(a.cluster.viewAge()).as("nothing was heard yet").isGreaterThan(INTERVAL);
    cluster.pass(Duration.ofSeconds(3));
    assertThat(a.cluster.viewAge()).isZero();
    assertThat(ageMetric(a)).isZero();
  }

  @Test
  void aNodeThatIsDeafOnABusThatSeemsToWorkSaysSo() {
    cluster.pass(LONG);
    cluster.bus.cut(a.network, a.network);
    cluster.pass(Duration.ofSeconds(8));
    assertThat(a.hub.isBusUp()).isTrue();
    assertThat(a.cluster.viewAge()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(9));
    assertThat(b.cluster.viewAge()).isZero();
  }

  /** Until then what it knows of the peer is from before. */
  @Test
  void theViewStaysOldUntilAPeerSpeaksAgainOrIsGone() {
    cluster.pass(LONG);
    cluster.bus.setAway(true);
    cluster.pass(Duration.ofSeconds(5));
    cluster.bus.cut(b.network, a.network);
    cluster.bus.setAway(false);
    cluster.pass(Duration.ofSeconds(3));
    assertThat(a.cluster.viewAge()).isGreaterThan(Duration.ofSeconds(7));
    cluster.pass(Duration.ofSeconds(12));
    assertThat(a.cluster.viewAge()).as("the peer is gone").isZero();
  }

  private static double ageMetric(SimulatedNode node) {
    Map<String, Double> values = new HashMap<>();
    MetricSink sink =
        new MetricSink() {
          @Override
          public void value(MetricFamily family, String labelValue, double value) {
            values.put(family.name(), value);
          }

          @Override
          public void histogram(MetricFamily family, LatencyStats value) {}
        };
    node.cluster.metrics().forEach(source -> source.read(sink));
    return values.getOrDefault("cluster_view_age_seconds", -1.0);
  }
}
