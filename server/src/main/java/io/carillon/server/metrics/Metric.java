package io.carillon.server.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One metric and how its values are read.
 *
 * @param name without the prefix
 * @param kind how Prometheus sees it
 * @param help what it says, in a line
 * @param label the label that its values differ in; empty where there is one value only
 * @param readings its values
 */
record Metric(String name, Kind kind, String help, String label, List<Reading> readings) {

  enum Kind {
    /** It only grows; its name ends with {@code _total}. */
    COUNTER,
    GAUGE,
    HISTOGRAM,
    INFO
  }

  /**
   * One value.
   *
   * @param labelValue the label's value; empty where there is no label
   * @param value reads it; called by any thread
   */
  record Reading(String labelValue, DoubleSupplier value) {}

  Metric {
    readings = List.copyOf(readings);
    if ((kind == Kind.COUNTER) != name.endsWith("_total")) {
      throw new IllegalArgumentException(
          "name: " + name + " (expected: _total at the end of a counter's, and only there)");
    }
  }

  static Metric counter(String name, String help, DoubleSupplier value) {
    return new Metric(name, Kind.COUNTER, help, "", List.of(new Reading("", value)));
  }

  static Metric gauge(String name, String help, DoubleSupplier value) {
    return new Metric(name, Kind.GAUGE, help, "", List.of(new Reading("", value)));
  }

  /** One with a value for each key of an enum. */
  static <K extends Enum<K>> Metric counters(
      String name, String help, String label, K[] keys, Function<K, Double> value) {
    return counters(
        name,
        help,
        label,
        Arrays.stream(keys)
            .map(key -> new Reading(key.name().toLowerCase(Locale.ROOT), () -> value.apply(key)))
            .toList());
  }

  static Metric counters(String name, String help, String label, List<Reading> readings) {
    return new Metric(name, Kind.COUNTER, help, label, readings);
  }

  /** One with a value for each of so many. */
  static Metric gauges(
      String name, String help, String label, int count, Function<Integer, Double> value) {
    return new Metric(
        name,
        Kind.GAUGE,
        help,
        label,
        IntStream.range(0, count)
            .mapToObj(i -> new Reading(Integer.toString(i), () -> value.apply(i)))
            .toList());
  }

  /** What a map counts under a key. */
  static <K> double of(Map<K, Long> counts, K key) {
    return counts.getOrDefault(key, 0L);
  }
}
