package io.carillon.server.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How a value of another server's configuration becomes one of ours. */
enum ForeignValue {
  AS_IS("", ""),
  SECONDS("seconds", "theirs is in seconds"),
  MILLISECONDS("milliseconds", "theirs is in milliseconds"),
  KIBIBYTES("kibibytes", "theirs is in KiB"),
  CACHE_SECONDS(
      "cache seconds", "theirs is in seconds; more than 1800 is taken for 1800, as with Pusher"),
  DEBUG("debug", "true is `debug`"),
  ZERO("zero", "0 is our default"),
  UNDERSCORE("underscore", "without the `_` at its end"),
  ARRAY("array", "`array` is `memory`"),
  ON("on", "where `ssl.enabled` is true");

  private static final long LONGEST_CACHE = Duration.ofMinutes(30).toSeconds();

  private final String sign;
  private final String meaning;

  ForeignValue(String sign, String meaning) {
    this.sign = sign;
    this.meaning = meaning;
  }

  /** The one that tables write so. */
  static ForeignValue of(String sign) {
    return Arrays.stream(values())
        .filter(value -> value.sign.equals(sign))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no conversion: " + sign));
  }

  /** What people read of it. */
  String meaning() {
    return meaning;
  }

  /** Ours; nothing where theirs says what is so here without it. */
  Optional<String> change(String theirs) {
    if (theirs.isBlank()) {
      return Optional.empty();
    }
    return switch (this) {
      case AS_IS, ON -> Optional.of(theirs);
      case SECONDS -> Optional.of(withUnit(theirs, "s"));
      case MILLISECONDS -> Optional.of(withUnit(theirs, "ms"));
      case KIBIBYTES -> Optional.of(withUnit(theirs, "KiB"));
      case CACHE_SECONDS -> Optional.of(withUnit(cached(theirs), "s"));
      case DEBUG -> theirs.equals("true") ? Optional.of("debug") : Optional.empty();
      case ZERO -> theirs.equals("0") ? Optional.empty() : Optional.of(theirs);
      case UNDERSCORE ->
          Optional.of(theirs.endsWith("_") ? theirs.substring(0, theirs.length() - 1) : theirs);
      case ARRAY -> Optional.of(theirs.equals("array") ? "memory" : theirs);
    };
  }

  private static String withUnit(String text, String unit) {
    return text.matches("[0-9]+") ? text + unit : text;
  }

  /** Longer ones are the longest that there is. */
  private static String cached(String text) {
    boolean longer = text.matches("[0-9]{1,9}") && Long.parseLong(text) > LONGEST_CACHE;
    return longer ? Long.toString(LONGEST_CACHE) : text;
  }
}
