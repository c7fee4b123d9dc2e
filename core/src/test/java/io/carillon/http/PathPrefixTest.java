package io.carillon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPrefixTest {

  @ParameterizedTest
  @CsvSource({"'',''", "/,''", "ws,/ws", "/ws,/ws", "/ws/,/ws", "/a/b-c.d~e_f/,/a/b-c.d~e_f"})
  void readsWhatPeopleWrite(String written, String prefix) {
    assertThat(PathPrefix.of(written).text()).isEqualTo(prefix);
    assertThat(PathPrefix.of(prefix)).isEqualTo(PathPrefix.of(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/a b", "/%77s", "//ws", "/ws?x", "/ws#x", "/../ws", "/./ws", "/ws/..", "/ü"})
  void refusesWhatNoPathBeginsWith(String written) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PathPrefix.of(written))
        .withMessageContaining("/ws");
  }

  @ParameterizedTest
  @CsvSource({"/ws,/", "/ws/,/", "/ws/app/k,/app/k", "/ws/ws,/ws", "/ws//x,//x"})
  void tellsWhatIsBelowIt(String path, String rest) {
    assertThat(PathPrefix.of("/ws").below(path)).hasValue(rest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/w", "/wsx", "/wsx/a", "/app/k", "*", "//ws/a", "/WS/a"})
  void knowsWhatIsNotBelowIt(String path) {
    assertThat(PathPrefix.of("/ws").below(path)).isEmpty();
    assertThat(PathPrefix.of("/ws").without(path)).isEqualTo(path);
  }

  @Test
  void hasEverythingBelowItWhereThereIsNone() {
    for (String path : new String[] {"/", "/a", "//a", "*"}) {
      assertThat(PathPrefix.NONE.below(path)).hasValue(path);
    }
  }
}
