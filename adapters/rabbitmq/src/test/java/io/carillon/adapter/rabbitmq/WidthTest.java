package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WidthTest {

  private static final WideLimits LIMITS = new WideLimits(10, 4, 20, Duration.ofMinutes(1));

  private final ManualClock clock = new ManualClock();
  private final Width width = new Width(LIMITS, clock);

  @Test
  void theFirstSwitchNeedsNoPauseWhateverTheClockSays() {
    assertThat(new Width(LIMITS, () -> 0).shouldWiden(11, 0)).isTrue();
    assertThat(new Width(LIMITS, () -> Long.MIN_VALUE).shouldWiden(11, 0)).isTrue();
  }

  @Test
  void aNewConnectionNarrowsAtOnceThoughTheLastSwitchWasJustNow() {
    width.widened();
    width.lost();
    width.restored(5);

    assertThat(width.isTemporary(5)).isTrue();
    assertThat(width.nanosToNarrow()).isNotPositive();
  }

  @Test
  void aNewConnectionForgetsThatThereWereTooManyOnce() {
    assertThat(width.shouldWiden(15, 0)).isTrue();
    width.widened();
    assertThat(width.isTemporary(6)).as("not clearly fewer").isFalse();

    width.lost();
    width.restored(6);
    assertThat(width.isTemporary(6)).isTrue();
  }

  @Test
  void aNewConnectionThatIsCrowdedNarrowsLikeAnyOther() {
    width.widened();
    width.lost();
    width.restored(15);
    assertThat(width.isTemporary(15)).isFalse();

    assertThat(width.isTemporary(3)).isTrue();
    assertThat(width.nanosToNarrow()).isPositive();
  }

  @Test
  void aLostConnectionIsNeitherWideNorNew() {
    width.restored(5);
    width.lost();
    assertThat(width.isWide()).isFalse();

    width.widened();
    assertThat(width.nanosToNarrow()).as("a switch like any other").isPositive();
  }
}
