package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.benchmark.peers.LoadResult.Rounds;
import org.junit.jupiter.api.Test;

class LayoutRunTest {

  private static final Layout LAYOUT = new Layout("l", "layout", 10_000, 10_000, 1);

  @Test
  void expectsADeliveryToCostWhatItDidBefore() {
    assertThat(LayoutRun.roundSeconds(new Case(LAYOUT, 128, 100), before(10))).isEqualTo(5);
  }

  @Test
  void expectsNothingFromASingleMessageOrAnotherPayload() {
    assertThat(LayoutRun.roundSeconds(new Case(LAYOUT, 128, 100), before(1))).isZero();
    assertThat(LayoutRun.roundSeconds(new Case(LAYOUT, 1024, 100), before(10))).isZero();
  }

  private static Rounds before(int batch) {
    return new Rounds(128, batch, 2, 200_000, 2.0, 1.0, 0.5, 1, 1);
  }
}
