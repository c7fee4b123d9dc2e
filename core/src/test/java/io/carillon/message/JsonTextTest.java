package io.carillon.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"a\":\"b\"}",
        "\"\\u00e4\"",
        "\"\\u00FF\\ud83d\\uDD14\"",
        "\"\\\\u\"",
        "\"\\\\\\\\uzzzz\"",
        "\"\\\\\\u0041\"",
        "\"\\n\\\"\"",
        "\"д444\""
      })
  void takesEscapesOfFourHexadecimalDigits(String json) {
    assertThat(JsonText.hasValidEscapes(json)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\uд444\"",
        "\"\\u444д\"",
        "\"\\u٤444\"",
        "\"\\u４444\"",
        "\"\\\\\\u00д1\"",
        "\"\\u00e4\\uд444\"",
        "\"\\u44"
      })
  void refusesEscapesOfOtherDigits(String json) {
    assertThat(JsonText.hasValidEscapes(json)).isFalse();
  }
}
