package io.carillon.server.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the table of {@code docs/metrics.md}. */
public final class MetricsPage {

  private MetricsPage() {}

  /** The table in Markdown; a row for each metric of ours. */
  public static String markdown() {
    StringBuilder table =
        new StringBuilder("| metric | type | labels | meaning |\n|---|---|---|---|\n");
    for (Metric metric : all()) {
      table.append(
          "| `carillon_%s` | %s | %s | %s |\n"
              .formatted(
                  metric.name(),
                  metric.kind().name().toLowerCase(Locale.ROOT),
                  labels(metric),
                  metric.help()));
    }
    return table.toString();
  }

  private static List<Metric> all() {
    List<Metric> all = new ArrayList<>(NodeMetrics.of(nowhere()));
    all.add(NodeMetrics.PUBLISH_SECONDS);
    all.add(NodeMetrics.BUILD);
    return all;
  }

  /** Never asked for a value. */
  private static Sources nowhere() {
    return new Sources(
        () -> {
          throw never();
        },
        0,
        () -> {
          throw never();
        },
        () -> {
          throw never();
        },
        () -> {
          throw never();
        },
        () -> {
          throw never();
        },
        () -> {
          throw never();
        },
        () -> false,
        () -> false,
        List.of());
  }

  private static IllegalStateException never() {
    return new IllegalStateException("only names are asked for");
  }

  private static String labels(Metric metric) {
    if (metric.kind() == Metric.Kind.INFO) {
      return "`version`, `java`";
    }
    if (metric.label().isEmpty()) {
      return "";
    }
    String values =
        metric.readings().stream()
            .map(Metric.Reading::labelValue)
            .collect(Collectors.joining(", "));
    return "`" + metric.label() + "`" + (values.isEmpty() ? "" : ": " + values);
  }
}
