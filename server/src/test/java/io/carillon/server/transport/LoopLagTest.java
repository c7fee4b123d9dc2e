package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.testkit.ManualClock;
import io.carillon.testkit.ManualLoops;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoopLagTest {

  private final ManualClock clock = new ManualClock();
  private final ManualLoops loops = new ManualLoops(1, clock);
  private final LoopLag lag = new LoopLag(loops.loops().getFirst(), clock).start();

  private void run(Duration time) {
    for (long ms = 0; ms < time.toMillis(); ms += LoopLag.PERIOD.toMillis()) {
      clock.advance(LoopLag.PERIOD);
      loops.runAll();
    }
  }

  private void stall(Duration time) {
    clock.advance(time);
  }

  @Test
  void aLoopInTimeHasNone() {
    run(Duration.ofMinutes(1));

    assertThat(lag.seconds()).isZero();
  }

  @Test
  void aLoopThatStandsStillIsLateBeforeItMoves() {
    stall(LoopLag.PERIOD.plusSeconds(3));

    assertThat(lag.seconds()).isEqualTo(3);
  }

  @Test
  void theWorstIsToldForAWindowAndThenForgotten() {
    stall(LoopLag.PERIOD.plusSeconds(3));
    loops.runAll();

    run(LoopLag.WINDOW.dividedBy(2));
    assertThat(lag.seconds()).isEqualTo(3);

    run(LoopLag.WINDOW.multipliedBy(2));
    assertThat(lag.seconds()).isZero();
  }

  @Test
  void aSmallerOneDoesNotHideALargerOne() {
    stall(LoopLag.PERIOD.plusSeconds(3));
    loops.runAll();
    stall(LoopLag.PERIOD.plusSeconds(1));
    loops.runAll();

    assertThat(lag.seconds()).isEqualTo(3);
  }
}
