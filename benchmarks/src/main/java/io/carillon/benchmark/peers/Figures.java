package io.carillon.benchmark.peers;

import java.util.Locale;
import java.util.OptionalDouble;

/** The notation of figures. */
final class Figures {

  static final String NONE = "–";

  private Figures() {}

  static String thousands(double figure) {
    return String.format(Locale.ROOT, "%,.0fk", figure / 1e3);
  }

  /** Microseconds as milliseconds, with as many digits as are significant. */
  static String millis(double micros) {
    return String.format(Locale.ROOT, micros < 10_000 ? "%.2f" : "%.0f", micros / 1e3);
  }

  /** A figure in a pattern of its own; a dash for none. */
  static String or(OptionalDouble figure, String pattern) {
    return figure.isPresent() ? String.format(Locale.ROOT, pattern, figure.getAsDouble()) : NONE;
  }

  static String ratio(double figure, OptionalDouble to) {
    return to.isPresent() ? String.format(Locale.ROOT, "%.2f", figure / to.getAsDouble()) : NONE;
  }
}
