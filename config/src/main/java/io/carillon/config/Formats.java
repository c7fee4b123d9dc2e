package io.carillon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The formats that settings of all kinds use. */
public final class Formats {

  private Formats() {}

  /** Any text that is not blank. */
  public static Format<String> text(String expectation) {
    return made(expectation, Formats::notBlank, Function.identity());
  }

  /**
   * A whole number between two others.
   *
   * @param most {@link Integer#MAX_VALUE} for no limit
   */
  public static Format<Integer> wholeNumber(int least, int most) {
    String range =
        most == Integer.MAX_VALUE ? "%d or more".formatted(least) : least + " to " + most;
    return made(
        "a whole number, " + range,
        text -> within(Integer.parseInt(text), least, most),
        String::valueOf);
  }

  /** A duration with a unit. */
  public static Format<Duration> duration(Duration least) {
    return made(
        "a duration such as 500ms, 25s or 2m, at least " + Durations.write(least),
        text -> atLeast(Durations.read(text), least),
        Durations::write);
  }

  /** Bytes. */
  public static Format<Long> size(long least, long most) {
    return made(
        "a size such as 512KiB or 64MiB, %s to %s".formatted(Sizes.write(least), Sizes.write(most)),
        text -> within(Sizes.read(text), least, most),
        Sizes::write);
  }

  /** Whole seconds; a number without a unit means seconds. */
  public static Format<Duration> seconds(int least, Duration most) {
    return made(
        "whole seconds, %ds to %s".formatted(least, Durations.write(most)),
        text -> {
          Duration value = Durations.read(text.matches("\\d{1,9}") ? text + "s" : text);
          if (!value.truncatedTo(ChronoUnit.SECONDS).equals(value)) {
            throw new IllegalArgumentException();
          }
          return within(value, Duration.ofSeconds(least), most);
        },
        Durations::write);
  }

  /**
   * A format made of two functions.
   *
   * @param reader throws an {@link IllegalArgumentException} or {@link ArithmeticException} if a
   *     text is not such a value
   * @param writer writes a value so that the reader reads it again
   */
  public static <T> Format<T> made(
      String expectation, Function<String, T> reader, Function<T, String> writer) {
    return new MadeFormat<>(expectation, reader, writer);
  }

  /** True or false. */
  public static Format<Boolean> flag() {
    return made(
        "true or false",
        text ->
            switch (text) {
              case "true", "1" -> true;
              case "false", "0" -> false;
              default -> throw new IllegalArgumentException();
            },
        String::valueOf);
  }

  /** One of a kind's constants, in lower case with hyphens. */
  public static <E extends Enum<E>> Format<E> oneOf(Class<E> kind) {
    return oneOf(List.of(kind.getEnumConstants()), Formats::name);
  }

  /**
   * One of some choices.
   *
   * @param name the spelling of a choice, in lower case
   */
  public static <E> Format<E> oneOf(List<E> choices, Function<E, String> name) {
    return made(
        "one of " + choices.stream().map(name).collect(Collectors.joining(", ")),
        text ->
            choices.stream()
                .filter(choice -> name.apply(choice).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new),
        name);
  }

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A path, which need not exist. */
  public static Format<Path> file() {
    return made("a path", text -> Path.of(notBlank(text)), Path::toString);
  }

  /** Several values: a list in a file, commas or lines elsewhere. */
  public static <E> Format<List<E>> listOf(Format<E> item) {
    return new ListFormat<>("a list; each item " + item.expectation(), 0, item);
  }

  /** Several values, at least one. */
  public static <E> Format<List<E>> listOfSome(Format<E> item) {
    return new ListFormat<>("a list of at least one; each item " + item.expectation(), 1, item);
  }

  private static String notBlank(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  private static <N extends Comparable<N>> N within(N value, N least, N most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  private static Duration atLeast(Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw new IllegalArgumentException();
    }
    return value;
  }
}
