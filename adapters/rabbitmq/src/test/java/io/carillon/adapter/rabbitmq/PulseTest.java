package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PulseTest {

  private static final Duration HEARTBEAT = Duration.ofSeconds(4);
  private static final Duration TO_NOTICE = HEARTBEAT.multipliedBy(3);

  private final Pulse pulse = new Pulse(HEARTBEAT);
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  /** Runs for so long. */
  private void run(Duration time) {
    for (Instant end = now.plus(time); now.isBefore(end); ) {
      now = now.plus(pulse.interval());
      pulse.beat(now);
    }
  }

  @Test
  void goesBackThreeHeartbeatsAndHardlyMore() {
    pulse.begin(now);
    run(Duration.ofHours(1));
    Instant noticed = now.plus(pulse.interval()).minusMillis(1);

    assertThat(pulse.wholeAt(noticed))
        .isBetween(noticed.minus(TO_NOTICE).minus(pulse.interval()), noticed.minus(TO_NOTICE));
  }

  @Test
  void goesBackToTheTimeBeforeTheNodeStoodStill() {
    pulse.begin(now);
    run(Duration.ofHours(1));
    Instant still = now;
    now = now.plus(Duration.ofHours(8));
    run(HEARTBEAT);

    assertThat(pulse.wholeAt(now)).isBefore(still).isAfter(still.minus(TO_NOTICE));
  }

  @Test
  void goesBackToTheBeginningOfTheConnectionAtMost() {
    pulse.begin(now);
    run(Duration.ofHours(1));
    now = now.plus(Duration.ofMinutes(1));
    Instant begin = now;
    pulse.begin(begin);
    run(HEARTBEAT);

    assertThat(pulse.wholeAt(now)).isEqualTo(begin);
  }

  @Test
  void knowsNothingWithoutAConnection() {
    assertThat(pulse.wholeAt(now)).isEqualTo(now);
  }
}
