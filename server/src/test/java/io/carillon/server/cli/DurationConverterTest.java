package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {

  private final DurationConverter converter = new DurationConverter();

  @ParameterizedTest
  @CsvSource({
    "0s, PT0S",
    "500ms, PT0.5S",
    "25s, PT25S",
    "90s, PT1M30S",
    "2m, PT2M",
    "1h, PT1H",
    "999999999h, PT999999999H"
  })
  void readsANumberWithAUnit(String text, Duration duration) {
    assertThat(converter.convert(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "25", "s", "25 s", "-1s", "1.5s", "25S", "1d", "25sec", "1000000000s", "٣s"})
  void refusesAnythingElseAndSaysWhatItExpects(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> converter.convert(text))
        .withMessage(
            "\"%s\" is no duration (expected: a number with a unit, such as 500ms or 25s)", text);
  }
}
