package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.benchmark.peers.Answer.Rounds;
import org.junit.jupiter.api.Test;

class LayoutRunTest {

  @Test
  void expectsARoundToTakeAsLongAsItsDeliveriesDidBefore() {
    Layout layout = new Layout("l", "layout", 10_000, 10_000, 1);
    Rounds before = new Rounds(128, 10, 2, 200_000, 2.0, 1.0, 0.5, 1, 1);
    assertThat(LayoutRun.roundSeconds(new Case(layout, 128, 100), before)).isEqualTo(10);
  }
}
