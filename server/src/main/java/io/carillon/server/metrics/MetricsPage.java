package io.carillon.server.metrics;

import io.carillon.metrics.MetricFamily;
import io.carillon.metrics.MetricSet;
import java.util.List;
import java.util.Locale;

/** Writes the table of {@code docs/metrics.md}. */
public final class MetricsPage {

  private static final String ROW = "| `carillon_%s` | %s | %s | %s |\n";

  private MetricsPage() {}

  /** The table in Markdown; a row for each of Carillon's metrics. */
  public static String markdown(List<MetricSet<?>> declared) {
    StringBuilder table =
        new StringBuilder("| metric | type | labels | meaning |\n|---|---|---|---|\n");
    for (MetricFamily family :
        Families.ofAlternatives(
            declared.stream().flatMap(set -> set.families().stream()).toList())) {
      table.append(
          ROW.formatted(
              family.name(),
              family.kind().name().toLowerCase(Locale.ROOT),
              labels(family),
              family.help()));
    }
    return table
        .append(ROW.formatted(BuildInfo.NAME + "_info", "info", BuildInfo.LABELS, BuildInfo.HELP))
        .toString();
  }

  private static String labels(MetricFamily family) {
    if (family.label().isEmpty()) {
      return "";
    }
    String values = String.join(", ", family.labelValues());
    return "`" + family.label() + "`" + (values.isEmpty() ? "" : ": " + values);
  }
}
