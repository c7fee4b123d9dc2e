package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainConfigTest {

  @Test
  void leavesTimeForTheConfirmsAndTheThreads() {
    DrainConfig least = config(3_000, 2_000, 7_500);
    assertThat(least.patience()).isEqualTo(Duration.ofSeconds(2));
    assertThat(DrainConfig.DEFAULTS.patience()).isEqualTo(Duration.ofMillis(2_500));
    assertThat(config(0, 0, 2_500).patience()).isZero();
  }

  @Test
  void refusesADeadlineThatLeavesNoTimeForThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(3_000, 2_000, 7_499))
        .withMessage(
            "drain deadline: 7499 ms (expected: at least announce, window and 2500 ms, together"
                + " 7500 ms)");
  }

  @Test
  void refusesNegativeTimes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(-1, 0, 9_000))
        .withMessage("drain announce: -1 ms (expected: >= 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(0, -1, 9_000))
        .withMessage("drain window: -1 ms (expected: >= 0)");
  }

  private static DrainConfig config(int announce, int window, int deadline) {
    return new DrainConfig(
        Duration.ofMillis(announce), Duration.ofMillis(window), Duration.ofMillis(deadline));
  }
}
