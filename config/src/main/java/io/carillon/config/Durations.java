package io.carillon.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in the form that people write. */
public final class Durations {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private Durations() {}

  /**
   * Reads {@code 500ms}, {@code 25s}, {@code 2m} or {@code 1h}.
   *
   * @throws IllegalArgumentException if the text is not a duration, or if it is zero
   */
  public static Duration parse(String text) {
    Duration value = read(text);
    if (!value.isPositive()) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  /** As above, but {@code 0} is permitted, too. */
  static Duration read(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException();
    }
    long amount = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  static String write(Duration value) {
    long millis = value.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
  }
}
