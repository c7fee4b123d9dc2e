package io.carillon.server.metrics;

import io.carillon.metrics.MetricFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The declarations of several parts together: a name that several of them have becomes one family.
 */
final class Families {

  private Families() {}

  /**
   * Each name once, in the order of first declaration, with the label values of all.
   *
   * @throws IllegalArgumentException if two parts declare one name differently, or have the same
   *     label value of it
   */
  static List<MetricFamily> merged(List<MetricFamily> declared) {
    Map<String, MetricFamily> byName = new LinkedHashMap<>();
    declared.forEach(family -> byName.merge(family.name(), family, Families::merge));
    return List.copyOf(byName.values());
  }

  /**
   * The same of parts of which one node need not have all: two of them, such as two kinds of
   * brokers, may have the same label value.
   */
  static List<MetricFamily> ofAlternatives(List<MetricFamily> declared) {
    Map<String, MetricFamily> byName = new LinkedHashMap<>();
    declared.forEach(family -> byName.merge(family.name(), family, Families::unite));
    return List.copyOf(byName.values());
  }

  private static MetricFamily unite(MetricFamily first, MetricFamily next) {
    requireAgreement(first, next);
    return first.withLabelValues(
        Stream.concat(first.labelValues().stream(), next.labelValues().stream())
            .distinct()
            .toList());
  }

  private static void requireAgreement(MetricFamily first, MetricFamily next) {
    if (!first.agreesWith(next)) {
      throw new IllegalArgumentException(
          "metric " + next + " (expected: as another part declares it: " + first + ")");
    }
  }

  private static MetricFamily merge(MetricFamily first, MetricFamily next) {
    requireAgreement(first, next);
    List<String> values = new ArrayList<>(first.labelValues());
    values.addAll(next.labelValues());
    if (values.isEmpty() || values.stream().distinct().count() < values.size()) {
      throw new IllegalArgumentException(
          "metric " + next + " (expected: label values that no other part has of it)");
    }
    return first.withLabelValues(values);
  }
}
