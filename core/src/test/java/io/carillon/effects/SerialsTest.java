package io.carillon.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Incarnation;
import org.junit.jupiter.api.Test;

class SerialsTest {

  private final Serials ours = new Serials(new Incarnation(1, 1), () -> 1_000_000);
  private final Serials theirs = new Serials(new Incarnation(2, 2), () -> 1_000_000);

  @Test
  void nodesThatBeginAtTheSameTimeBeginWithDifferentSerials() {
    assertThat(ours.after(0)).isNotEqualTo(theirs.after(0)).isGreaterThanOrEqualTo(1_024_000_000);
  }

  @Test
  void theNextSerialIsHigherThanTheLastOneAndBelongsToTheNode() {
    long last = 5_000_000_000L;
    assertThat(ours.after(last)).isGreaterThan(last).isNotEqualTo(theirs.after(last));
  }

  @Test
  void aNodeThatBeginsLaterBeginsWithAHigherSerial() {
    Serials later = new Serials(new Incarnation(9, 9), () -> 1_000_064);
    assertThat(later.after(0)).isGreaterThan(Math.max(ours.after(0), theirs.after(0)));
  }
}
