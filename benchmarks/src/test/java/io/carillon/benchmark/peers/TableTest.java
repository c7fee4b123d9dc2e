package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void hasFiguresOnTheRight() {
    assertThat(Table.ofFigures(List.of("server", "B=1")).row(List.of("ws", "1")))
        .hasToString("| server | B=1 |\n|---|--:|\n| ws | 1 |\n");
  }

  @Test
  void escapesWhatWouldEndACell() {
    assertThat(Table.ofTexts(List.of("a", "b")).row(List.of("1|2", "3")))
        .hasToString("| a | b |\n|---|---|\n| 1\\|2 | 3 |\n");
  }

  @Test
  void refusesARowOfAnotherWidth() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Table.ofTexts(List.of("a", "b")).row(List.of("1")))
        .withMessage("cells: 1 (expected: 2)");
  }
}
