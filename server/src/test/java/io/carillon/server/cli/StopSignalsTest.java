package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopSignalsTest {

  /** A moment behind which the clock overflows. */
  private static final long NOW = Long.MAX_VALUE - 5;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final StopSignals signals = new StopSignals();

  @Test
  void theFirstSignalAsks() {
    assertThat(signals.asked()).isNotDone();
    assertThat(signals.insists("TERM", NOW)).isFalse();
    assertThat(signals.asked()).isCompletedWithValue("SIGTERM");
  }

  @Test
  void signalsOfOneSecondAreOneIntention() {
    assertThat(signals.insists("INT", NOW)).isFalse();
    assertThat(signals.insists("INT", NOW)).isFalse();
    assertThat(signals.insists("TERM", NOW + SECOND / 2)).isFalse();
    assertThat(signals.insists("INT", NOW + SECOND)).isFalse();
    assertThat(signals.asked()).isCompletedWithValue("SIGINT");
  }

  @Test
  void aLaterSignalInsists() {
    assertThat(signals.insists("TERM", NOW)).isFalse();
    assertThat(signals.insists("TERM", NOW + SECOND / 2)).isFalse();
    assertThat(signals.insists("INT", NOW + SECOND + 1)).isTrue();
  }
}
