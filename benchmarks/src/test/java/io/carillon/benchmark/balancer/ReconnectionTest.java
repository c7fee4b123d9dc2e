package io.carillon.benchmark.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Pauses are random; the longest of many is near the bound. */
class ReconnectionTest {

  private static final long STABLE = 6_000;

  private static long longest(LongSupplier pause) {
    return LongStream.generate(pause).limit(2_000).max().orElseThrow();
  }

  @Test
  void comesBackSoonWhenAStableConnectionIsClosedForARestart() {
    assertThat(longest(() -> new Reconnection().pause(1012, STABLE, 0))).isBetween(200L, 250L);
  }

  @Test
  void takesUpToASecondWhenAConnectionIsCut() {
    assertThat(longest(() -> new Reconnection().pause(1006, STABLE, 0))).isBetween(900L, 1_000L);
  }

  @Test
  void doublesThePauseWithEachFailureAndKeepsItsBound() {
    assertThat(longest(() -> after(2))).isBetween(3_600L, 4_000L);
    assertThat(longest(() -> after(9))).isBetween(13_500L, 15_000L);
  }

  private static long after(int failures) {
    Reconnection reconnection = new Reconnection();
    for (int i = 0; i < failures; i++) {
      reconnection.pause(1006, 0, 0);
    }
    return reconnection.pause(1006, 0, 0);
  }

  @Test
  void waitsAtLeastAsLongAsARefusalAsks() {
    assertThat(LongStream.generate(() -> new Reconnection().pause(503, 0, 3_000)).limit(2_000))
        .allMatch(pause -> pause >= 3_000 && pause <= 4_000);
  }
}
