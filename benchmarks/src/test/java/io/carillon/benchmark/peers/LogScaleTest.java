package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogScaleTest {

  @Test
  void reachesOverWholePowersOfTen() {
    LogScale scale = LogScale.over(List.of(45_000.0, 1_200_000.0), 0, 300);
    assertThat(scale.ticks()).containsExactly(1e4, 1e5, 1e6, 1e7);
  }

  @Test
  void placesEachPowerOfTenAsFarFromTheLast() {
    LogScale scale = LogScale.over(List.of(10.0, 10_000.0), 100, 400);
    assertThat(scale.at(10)).isCloseTo(100, within(1e-9));
    assertThat(scale.at(100)).isCloseTo(200, within(1e-9));
    assertThat(scale.at(10_000)).isCloseTo(400, within(1e-9));
  }

  @Test
  void hasAWidthForOneValueAndForNone() {
    assertThat(LogScale.over(List.of(100.0), 0, 10).ticks()).hasSize(2);
    assertThat(LogScale.over(List.of(), 0, 10).ticks()).hasSize(2);
  }
}
