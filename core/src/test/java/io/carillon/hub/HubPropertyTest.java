package io.carillon.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random subscribes, unsubscribes, publishes and disconnects on several shards and nodes, over a
 * bus that delays, reorders and fails its answers and loses routes, against a simple model. Every
 * failure names the seed; {@code -Dseed=N} runs it again.
 */
@Timeout(120)
class HubPropertyTest {

  private static final int STEPS = 10_000;
  private static final String SEED = System.getProperty("seed", "");

  @RepeatedTest(20)
  void acknowledgedSubscribersHearEverythingOnceAndInOrder() {
    long seed = SEED.isEmpty() ? new SplittableRandom().nextLong() : Long.parseLong(SEED);
    try {
      HubWorld world = new HubWorld(seed, 0.05);
      world.run(STEPS);
      world.settle();
      world.check();
      assertThat(world.heard()).as("the run was not trivial").isGreaterThan(1000);
      assertThat(world.losses()).as("the bus lost routes").isPositive();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + " (run again with -Dseed=" + seed + ")", e);
    }
  }

  @Test
  void nothingIsLeftWhenEveryoneHasGone() {
    HubWorld world = new HubWorld(42, 0.2);
    world.run(STEPS);
    world.disconnectAll();
    world.settle();
    world.check();
    world.checkNothingIsLeft();
  }
}
