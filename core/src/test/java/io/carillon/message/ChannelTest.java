package io.carillon.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ChannelTest {

  /** Hash maps use it where hashes are equal, as those of names that somebody makes so are. */
  @Test
  void hasAnOrderThatTellsApartWhatIsNotEqual() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      Channel one = new Channel(text(random), "x" + text(random));
      Channel other = new Channel(text(random), "x" + text(random));
      assertThat(one.compareTo(other) == 0).as("%s, %s", one, other).isEqualTo(one.equals(other));
      assertThat(Integer.signum(one.compareTo(other)))
          .isEqualTo(-Integer.signum(other.compareTo(one)));
    }
    assertThat(new Channel("b", "a")).isLessThan(new Channel("a", "b"));
  }

  private static String text(Random random) {
    return random.nextBoolean() ? "" : random.nextBoolean() ? "Aa" : "BB";
  }
}
