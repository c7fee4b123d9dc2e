package io.carillon.config;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a value of another server's configuration is converted to Carillon's.
 *
 * @param sign the sign for the conversion in tables of {@link ImportTable}
 * @param meaning its description for people; empty if there is nothing to say
 * @param change converts the value; an empty result means that the value is Carillon's default
 * @param turnedOnBy a key of the other server without which this key means nothing; empty for none
 */
public record ImportConversion(
    String sign, String meaning, UnaryOperator<String> change, String turnedOnBy) {

  static final ImportConversion AS_IS = of("", "", UnaryOperator.identity());

  /** The conversions that any table may use. */
  static final List<ImportConversion> COMMON =
      List.of(
          AS_IS,
          of("seconds", "theirs is in seconds", text -> withUnit(text, "s")),
          of("milliseconds", "theirs is in milliseconds", text -> withUnit(text, "ms")),
          of("kibibytes", "theirs is in KiB", text -> withUnit(text, "KiB")));

  /** A conversion that no other key turns on. */
  public static ImportConversion of(String sign, String meaning, UnaryOperator<String> change) {
    return new ImportConversion(sign, meaning, change, "");
  }

  /**
   * A number followed by a unit; a text that is not a number stays unchanged, and is refused where
   * it is read.
   */
  public static String withUnit(String text, String unit) {
    return text.matches("[0-9]+") ? text + unit : text;
  }

  /** Carillon's value; empty if the value is Carillon's default. */
  Optional<String> of(String theirs) {
    return theirs.isBlank()
        ? Optional.empty()
        : Optional.of(change.apply(theirs)).filter(ours -> !ours.isEmpty());
  }
}
