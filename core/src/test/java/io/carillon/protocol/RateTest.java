package io.carillon.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long nanos = Long.MAX_VALUE - SECOND; // The clock may wrap.
  private final Rate rate = new Rate(() -> nanos);

  @Test
  void givesASecondsWorthAtOnceAndThenEvenly() {
    for (int i = 0; i < 10; i++) {
      assertThat(rate.take(1, 10)).isTrue();
    }
    assertThat(rate.take(1, 10)).isFalse();
    nanos += SECOND / 10;
    assertThat(rate.take(1, 10)).isTrue();
    assertThat(rate.take(1, 10)).isFalse();
    nanos += 10 * SECOND;
    assertThat(rate.take(10, 10)).isTrue();
    assertThat(rate.take(1, 10)).isFalse();
  }

  @Test
  void letsMoreThanASecondsWorthPassOnceAndWaitsForIt() {
    assertThat(rate.take(25, 10)).isTrue();
    nanos += 2 * SECOND;
    assertThat(rate.take(6, 10)).isFalse();
    assertThat(rate.take(5, 10)).isTrue();
  }

  @Test
  void takesNothingWhenThereIsNotEnough() {
    assertThat(rate.take(6, 10)).isTrue();
    assertThat(rate.take(5, 10)).isFalse();
    assertThat(rate.take(4, 10)).isTrue();
  }

  @Test
  void boundsNothingThatIsUnlimited() {
    assertThat(rate.take(Integer.MAX_VALUE, Integer.MAX_VALUE)).isTrue();
    assertThat(rate.take(Integer.MAX_VALUE, Integer.MAX_VALUE)).isTrue();
  }

  @Test
  void givesNeverMoreThanItMayInAnyStretchOfTime() {
    String given = System.getProperty("seed", "");
    long seed = given.isEmpty() ? new SplittableRandom().nextLong() : Long.parseLong(given);
    SplittableRandom random = new SplittableRandom(seed);
    int limit = 1 + random.nextInt(50);
    nanos = random.nextLong();
    Rate any = new Rate(() -> nanos);
    long start = nanos;
    long taken = 0;
    for (int i = 0; i < 5000; i++) {
      nanos += random.nextLong(SECOND / 10);
      int amount = 1 + random.nextInt(limit);
      taken += any.take(amount, limit) ? amount : 0;
      assertThat(taken)
          .as("run again with -Dseed=%d", seed)
          .isLessThanOrEqualTo(limit + limit * (nanos - start) / SECOND + 1);
    }
  }
}
