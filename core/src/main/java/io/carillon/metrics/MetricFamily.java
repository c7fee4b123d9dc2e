package io.carillon.metrics;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The declaration of a metric: everything except its values.
 *
 * @param name in Prometheus' words and without the node's prefix; a counter's ends with {@code
 *     _total}, no other's does
 * @param kind the kind of the figure
 * @param help its meaning, in a line of Markdown
 * @param label the label in which its values differ; empty if it has one value only
 * @param labelValues the values of that label in the order of documentation; empty if there is no
 *     label, and if they are known only when the node runs
 */
public record MetricFamily(
    String name, Kind kind, String help, String label, List<String> labelValues) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern LABEL = Pattern.compile("|[a-z][a-z0-9_]*");

  /** How Prometheus sees a metric. */
  public enum Kind {
    /** It only grows. */
    COUNTER,
    /** It goes up and down. */
    GAUGE,
    /** A distribution of durations. */
    HISTOGRAM
  }

  public MetricFamily {
    labelValues = List.copyOf(labelValues);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name: " + name + " (expected: lower case, digits and underscores)");
    }
    if ((kind == Kind.COUNTER) != name.endsWith("_total")) {
      throw new IllegalArgumentException(
          "name: " + name + " (expected: _total at the end of a counter's, and only there)");
    }
    if (!LABEL.matcher(label).matches()) {
      throw new IllegalArgumentException(
          "label of " + name + ": " + label + " (expected: lower case, digits and underscores)");
    }
    if (label.isEmpty() && !labelValues.isEmpty()) {
      throw new IllegalArgumentException(
          "label values of " + name + ": " + labelValues + " (expected: none without a label)");
    }
  }

  /** The same metric with the values that one part has of it. */
  public MetricFamily withLabelValues(List<String> values) {
    return new MetricFamily(name, kind, help, label, values);
  }

  /** Whether another part that declares this name means the same metric. */
  public boolean agreesWith(MetricFamily other) {
    return withLabelValues(List.of()).equals(other.withLabelValues(List.of()));
  }
}
