package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectionTest {

  @Test
  void isEverythingThreeTimesWhereNothingIsAskedFor() {
    Selection selection = Selection.of(Map.of("CASES", " "));
    assertThat(selection.casesOf(Case.all())).isEqualTo(Case.all());
    assertThat(selection.hasFootprint()).isTrue();
    assertThat(selection.repetitions()).isEqualTo(3);
    assertThat(selection.isComplete()).isTrue();
  }

  @Test
  void takesCasesByTheirBeginningUpToAHyphen() {
    Selection selection = Selection.of(Map.of("CASES", "1k-b1, idle"));
    assertThat(selection.casesOf(Case.all()))
        .extracting(Case::name)
        .containsExactly("1k-b1-128", "1k-b1-1024", "idle-b1-128", "idle-b10-128");
    assertThat(selection.hasFootprint()).isFalse();
    assertThat(selection.isComplete()).isFalse();
  }

  @Test
  void isNotCompleteWithFewerRepetitions() {
    assertThat(Selection.of(Map.of("REPETITIONS", "2")).isComplete()).isFalse();
    assertThat(Selection.of(Map.of("REPETITIONS", "5")).isComplete()).isTrue();
  }

  @Test
  void refusesACaseThatThereIsNotAndNamesThoseThatThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selection.of(Map.of("CASES", "2k")).casesOf(Case.all()))
        .withMessageContaining("2k")
        .withMessageContaining("1k-b1-128");
  }

  @Test
  void takesCasesOverPusherByTheirBeginningToo() {
    Selection selection = Selection.of(Map.of("CASES", "api, heard-1"));
    assertThat(selection.pusherCasesOf(PusherCase.all()))
        .extracting(PusherCase::name)
        .containsExactly("heard-1", "api-1", "api-16");
  }

  @Test
  void refusesNoRepetitions() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selection.of(Map.of("REPETITIONS", "0")))
        .withMessage("REPETITIONS: 0 (expected: 1 or more)");
  }
}
