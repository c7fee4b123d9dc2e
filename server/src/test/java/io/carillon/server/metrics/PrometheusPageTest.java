package io.carillon.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.metrics.MetricFamily;
import io.carillon.metrics.MetricSet;
import io.carillon.metrics.MetricSet.Value;
import io.carillon.metrics.MetricSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrometheusPageTest {

  private static final MetricFamily GAPS =
      new MetricFamily("gaps_total", MetricFamily.Kind.COUNTER, "Gaps.", "reason", List.of());

  private static MetricSet<Long> gaps(MetricFamily family, String reason) {
    return MetricSet.<Long>builder()
        .values(family, List.of(new Value<>(reason, Long::doubleValue)))
        .build();
  }

  private static MetricSet<Long> open(String help) {
    return MetricSet.<Long>builder().gauge("open", help, Long::doubleValue).build();
  }

  private static List<String> page(MetricSource... sources) {
    try (PrometheusPage page = new PrometheusPage("n", "ours", List.of(sources))) {
      return page.text().lines().filter(line -> line.contains("ours_")).toList();
    }
  }

  @Test
  void aNameThatTwoPartsHaveIsOneMetric() {
    assertThat(
            page(
                gaps(GAPS, "loop").from(() -> 1L),
                open("Open.").from(() -> 2L),
                gaps(GAPS, "outage").from(() -> 3L)))
        .containsSubsequence(
            "# HELP ours_gaps_total Gaps.",
            "# TYPE ours_gaps_total counter",
            "ours_gaps_total{node=\"n\",reason=\"loop\"} 1.0",
            "ours_gaps_total{node=\"n\",reason=\"outage\"} 3.0",
            "# HELP ours_open Open.",
            "# TYPE ours_open gauge",
            "ours_open{node=\"n\"} 2.0");
  }

  @Test
  void partsThatContradictEachOtherAreABug() {
    MetricFamily other =
        new MetricFamily("gaps_total", MetricFamily.Kind.COUNTER, "Gaps.", "why", List.of());

    assertThatThrownBy(
            () -> page(gaps(GAPS, "loop").from(() -> 1L), gaps(other, "outage").from(() -> 1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("as another part declares it");
    assertThatThrownBy(
            () -> page(gaps(GAPS, "loop").from(() -> 1L), gaps(GAPS, "loop").from(() -> 1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("that no other part has");
    assertThatThrownBy(() -> page(open("Open.").from(() -> 1L), open("Open.").from(() -> 1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("that no other part has");
  }

  @Test
  void aPartThatFailsCostsItsOwnValuesOnly() {
    MetricSource broken =
        gaps(GAPS, "loop")
            .from(
                () -> {
                  throw new IllegalStateException("a bug, for this test");
                });

    assertThat(page(broken, open("Open.").from(() -> 2L)))
        .contains("ours_open{node=\"n\"} 2.0")
        .noneMatch(line -> line.contains("gaps"));
  }

  @Test
  void theDocumentationHasTheLabelValuesOfAllParts() {
    assertThat(
            MetricsPage.markdown(List.of(gaps(GAPS, "loop"), open("Open."), gaps(GAPS, "outage"))))
        .isEqualTo(
            """
            | metric | type | labels | meaning |
            |---|---|---|---|
            | `carillon_gaps_total` | counter | `reason`: loop, outage | Gaps. |
            | `carillon_open` | gauge |  | Open. |
            | `carillon_build_info` | info | `version`, `java` | The version of the program and of Java; always 1. |
            """);
  }
}
