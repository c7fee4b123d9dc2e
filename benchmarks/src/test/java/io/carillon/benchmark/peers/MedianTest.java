package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

  @Test
  void isTheMiddleWhateverTheOrder() {
    assertThat(Median.of(List.of(9.0, 1.0, 4.0))).hasValue(4);
  }

  @Test
  void isTheMeanOfTheTwoInTheMiddle() {
    assertThat(Median.of(List.of(8.0, 1.0, 2.0, 100.0))).hasValue(5);
  }

  @Test
  void isNoneOfNothing() {
    assertThat(Median.of(List.of())).isEmpty();
  }
}
