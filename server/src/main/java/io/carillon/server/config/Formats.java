package io.carillon.server.config;

import io.carillon.adapter.rabbitmq.AmqpUri;
import io.carillon.server.metrics.MetricsConfig;
import io.carillon.server.transport.PathPrefix;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats that settings use. */
final class Formats {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,13})(|B|KiB|MiB|GiB)");

  private Formats() {}

  /** Some text, not blank. */
  static Format<String> text(String expectation) {
    return new Simple<>(expectation, Formats::notBlank, Function.identity());
  }

  /** Some text that nobody may see. */
  static Format<String> secret(String expectation) {
    return new Simple<>(expectation, Formats::secretOf, Function.identity()) {
      @Override
      public String show(String value) {
        return HiddenSecret.SHOWN;
      }
    };
  }

  static Format<Integer> wholeNumber(int least, int most) {
    String range =
        most == Integer.MAX_VALUE ? "%d or more".formatted(least) : least + " to " + most;
    return new Simple<>(
        "a whole number, " + range,
        text -> within(Integer.parseInt(text), least, most),
        String::valueOf);
  }

  static Format<Duration> duration(Duration least) {
    return new Simple<>(
        "a duration such as 500ms, 25s or 2m, at least " + write(least),
        text -> atLeast(readDuration(text), least),
        Formats::write);
  }

  /** Bytes. */
  static Format<Long> size(long least, long most) {
    return new Simple<>(
        "a size such as 512KiB or 64MiB, %s to %s".formatted(write(least), write(most)),
        text -> within(readSize(text), least, most),
        Formats::write);
  }

  /** Whole seconds; a number without a unit is one of seconds. */
  static Format<Duration> seconds(int least, Duration most) {
    return new Simple<>(
        "whole seconds, %ds to %s".formatted(least, write(most)),
        text -> {
          Duration value = readDuration(text.matches("\\d{1,9}") ? text + "s" : text);
          if (!value.truncatedTo(ChronoUnit.SECONDS).equals(value)) {
            throw new IllegalArgumentException();
          }
          return within(value, Duration.ofSeconds(least), most);
        },
        Formats::write);
  }

  /** A format made of two functions. */
  static <T> Format<T> made(
      String expectation, Function<String, T> reader, Function<T, String> writer) {
    return new Simple<>(expectation, reader, writer);
  }

  static Format<Boolean> flag() {
    return new Simple<>(
        "true or false",
        text ->
            switch (text) {
              case "true", "1" -> true;
              case "false", "0" -> false;
              default -> throw new IllegalArgumentException();
            },
        String::valueOf);
  }

  /** What paths begin with. */
  static Format<PathPrefix> pathPrefix() {
    return new PathPrefixFormat();
  }

  /** What the names of metrics begin with. */
  static Format<String> metricPrefix() {
    return new Simple<>(
        "letters, digits and _, a letter first",
        text -> new MetricsConfig.Prometheus("", 0, text).prefix(),
        Function.identity());
  }

  static <E extends Enum<E>> Format<E> oneOf(Class<E> kind) {
    List<E> choices = List.of(kind.getEnumConstants());
    String names = choices.stream().map(Formats::name).collect(Collectors.joining(", "));
    return new Simple<>(
        "one of " + names,
        text ->
            choices.stream()
                .filter(choice -> name(choice).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new),
        Formats::name);
  }

  static Format<Path> file() {
    return new Simple<>("a path", text -> Path.of(notBlank(text)), Path::toString);
  }

  /** Several values: a list in a file, commas or lines elsewhere. */
  static <E> Format<List<E>> listOf(Format<E> item) {
    return list("a list; each item ", 0, item);
  }

  /** Several values, of which at least one is given. */
  static <E> Format<List<E>> listOfSome(Format<E> item) {
    return list("a list of at least one; each item ", 1, item);
  }

  private static <E> Format<List<E>> list(String expectation, int least, Format<E> item) {
    return new Simple<>(
        expectation + item.expectation(),
        text -> items(item, itemsOf(text)),
        items -> items.stream().map(item::write).collect(Collectors.joining(", "))) {
      @Override
      public List<E> readItems(List<String> items) {
        if (items.size() < least) {
          throw new IllegalArgumentException();
        }
        return items(item, items);
      }

      @Override
      public String show(List<E> items) {
        return items.stream().map(item::show).collect(Collectors.joining(", "));
      }
    };
  }

  /** A text of nothing but commas is no empty list: it may come from variables that are not set. */
  private static List<String> itemsOf(String text) {
    List<String> items = Stream.of(text.split(",|\\R")).map(String::strip).toList();
    if (items.isEmpty()) {
      throw new IllegalArgumentException();
    }
    return items;
  }

  private static <E> List<E> items(Format<E> format, List<String> texts) {
    List<E> values = new ArrayList<>();
    for (String text : texts) {
      try {
        values.add(format.read(text));
      } catch (IllegalArgumentException e) {
        throw new WrongItemException(values.size() + 1, text, format, e);
      }
    }
    return List.copyOf(values);
  }

  static Format<AmqpUri> amqpUri() {
    return new Format<>() {
      @Override
      public AmqpUri read(String text) {
        AmqpUri uri = AmqpUri.parse(text);
        HiddenSecret.refuse(uri.password());
        return uri;
      }

      @Override
      public String write(AmqpUri value) {
        throw new UnsupportedOperationException("a URI with a password is not written again");
      }

      @Override
      public String show(AmqpUri value) {
        return value.toString();
      }

      // The user guest's is known to everybody.
      @Override
      public boolean hides(AmqpUri value) {
        return !value.password().equals("guest");
      }

      @Override
      public String expectation() {
        return "amqp://user:password@host:port/vhost";
      }
    };
  }

  private static String secretOf(String text) {
    HiddenSecret.refuse(text);
    return notBlank(text);
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

  private static Duration readDuration(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher form = DURATION.matcher(text);
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

  private static String write(Duration value) {
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

  private static long readSize(String text) {
    Matcher form = SIZE.matcher(text);
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

  private static String write(long bytes) {
    for (String unit : Arrays.asList("GiB", "MiB", "KiB")) {
      long size = 1L << (unit.equals("GiB") ? 30 : unit.equals("MiB") ? 20 : 10);
      if (bytes >= size && bytes % size == 0) {
        return bytes / size + unit;
      }
    }
    return bytes + "B";
  }

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A format made of two functions. */
  private static class Simple<T> implements Format<T> {
    private final String expectation;
    private final Function<String, T> reader;
    private final Function<T, String> writer;

    Simple(String expectation, Function<String, T> reader, Function<T, String> writer) {
      this.expectation = expectation;
      this.reader = reader;
      this.writer = writer;
    }

    @Override
    public T read(String text) {
      try {
        return reader.apply(text);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(e);
      }
    }

    @Override
    public String write(T value) {
      return writer.apply(value);
    }

    @Override
    public String expectation() {
      return expectation;
    }
  }
}
