package io.carillon.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.metrics.MetricFamily.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricFamilyTest {

  private static MetricFamily family(String name, Kind kind, String label, String... values) {
    return new MetricFamily(name, kind, "Help.", label, List.of(values));
  }

  @Test
  void refusesNamesThatPrometheusDoesNotTake() {
    for (String name : List.of("", "a-b", "A", "1a", "a b")) {
      assertThatThrownBy(() -> family(name, Kind.GAUGE, ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("name: " + name + " (expected");
    }
    assertThatThrownBy(() -> family("a", Kind.GAUGE, "b-c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label of a: b-c (expected");
  }

  @Test
  void endsWithTotalWhereItIsACounterAndOnlyThere() {
    assertThat(family("seen_total", Kind.COUNTER, "").name()).isEqualTo("seen_total");
    assertThatThrownBy(() -> family("seen", Kind.COUNTER, "")).hasMessageContaining("_total");
    assertThatThrownBy(() -> family("seen_total", Kind.GAUGE, "")).hasMessageContaining("_total");
  }

  @Test
  void hasLabelValuesOnlyWithALabel() {
    assertThatThrownBy(() -> family("open", Kind.GAUGE, "", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[a]");
  }

  @Test
  void agreesWithAnotherThatDiffersInLabelValuesOnly() {
    MetricFamily gaps = family("gaps_total", Kind.COUNTER, "reason", "outage");

    assertThat(gaps.agreesWith(gaps.withLabelValues(List.of("overflow")))).isTrue();
    assertThat(gaps.agreesWith(family("gaps_total", Kind.COUNTER, "why", "outage"))).isFalse();
    assertThat(
            gaps.agreesWith(
                new MetricFamily("gaps_total", Kind.COUNTER, "Other.", "reason", List.of())))
        .isFalse();
  }
}
