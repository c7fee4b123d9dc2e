package io.carillon.config;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a value of another server's configuration becomes one of ours.
 *
 * @param sign what tables of {@link ForeignKeys} write for it
 * @param meaning what people read of it; empty where there is nothing to say
 * @param change makes the value ours; what is empty says what is so here without it
 * @param turnedOnBy a key of theirs without which theirs means nothing; empty for none
 */
public record ForeignConversion(
    String sign, String meaning, UnaryOperator<String> change, String turnedOnBy) {

  static final ForeignConversion AS_IS = of("", "", UnaryOperator.identity());

  /** What any table may use. */
  static final List<ForeignConversion> COMMON =
      List.of(
          AS_IS,
          of("seconds", "theirs is in seconds", text -> withUnit(text, "s")),
          of("milliseconds", "theirs is in milliseconds", text -> withUnit(text, "ms")),
          of("kibibytes", "theirs is in KiB", text -> withUnit(text, "KiB")));

  /** One that nothing turns on. */
  public static ForeignConversion of(String sign, String meaning, UnaryOperator<String> change) {
    return new ForeignConversion(sign, meaning, change, "");
  }

  /** A number with a unit behind it; what is no number stays, and is refused where it is read. */
  public static String withUnit(String text, String unit) {
    return text.matches("[0-9]+") ? text + unit : text;
  }

  /** Ours; nothing where theirs says what is so here without it. */
  Optional<String> of(String theirs) {
    return theirs.isBlank()
        ? Optional.empty()
        : Optional.of(change.apply(theirs)).filter(ours -> !ours.isEmpty());
  }
}
