package io.carillon.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes in the form that people write. */
final class Sizes {

  private static final Pattern FORM = Pattern.compile("(\\d{1,13})(|B|KiB|MiB|GiB)");

  private Sizes() {}

  /**
   * Reads {@code 512}, {@code 512B}, {@code 64KiB}, {@code 64MiB} or {@code 1GiB}.
   *
   * @throws ArithmeticException if the number is too large
   */
  static long read(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException();
    }
    int shift =
        switch (form.group(2)) {
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 0;
        };
    return Math.multiplyExact(Long.parseLong(form.group(1)), 1L << shift);
  }

  static String write(long bytes) {
    for (String unit : List.of("GiB", "MiB", "KiB")) {
      long size = 1L << (unit.equals("GiB") ? 30 : unit.equals("MiB") ? 20 : 10);
      if (bytes >= size && bytes % size == 0) {
        return bytes / size + unit;
      }
    }
    return bytes + "B";
  }
}
