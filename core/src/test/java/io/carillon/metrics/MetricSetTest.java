package io.carillon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.metrics.MetricFamily.Kind;
import io.carillon.metrics.MetricSet.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MetricSetTest {

  private enum Reason {
    TOO_BIG,
    TOO_MANY
  }

  /** What a part has counted. */
  private record Stats(
      int open, long seen, Map<Reason, Long> refused, List<Double> lags, LatencyStats latency) {}

  private static final LatencyStats LATENCY = new LatencyStats(List.of(1L), List.of(2L, 3L), 4);
  private static final Stats STATS =
      new Stats(1, 2, Map.of(Reason.TOO_MANY, 3L), List.of(0.5, 0.25), LATENCY);

  private static final MetricSet<Stats> SET =
      MetricSet.<Stats>builder()
          .gauge("open", "Open.", Stats::open)
          .counter("seen_total", "Seen.", Stats::seen)
          .counters("refused_total", "Refused.", "reason", Reason.values(), Stats::refused)
          .counters("kinds_total", "Kinds.", "kind", List.of(new Value<>("a", Stats::seen)))
          .numberedGauges("lag_seconds", "Lag.", "loop", Stats::lags)
          .histogram("took_seconds", "Took.", Stats::latency)
          .build();

  /** Writes down what it is told. */
  private static final class Recorder implements MetricSink {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void value(MetricFamily family, String labelValue, double value) {
      lines.add(family.name() + " " + labelValue + " " + value);
    }

    @Override
    public void histogram(MetricFamily family, LatencyStats value) {
      lines.add(family.name() + " " + value.counts());
    }
  }

  private static List<String> read(MetricSource source) {
    Recorder recorder = new Recorder();
    source.read(recorder);
    return recorder.lines;
  }

  @Test
  void declaresItsFamiliesInOrderAndWithoutAPart() {
    assertThat(SET.families())
        .containsExactly(
            new MetricFamily("open", Kind.GAUGE, "Open.", "", List.of()),
            new MetricFamily("seen_total", Kind.COUNTER, "Seen.", "", List.of()),
            new MetricFamily(
                "refused_total",
                Kind.COUNTER,
                "Refused.",
                "reason",
                List.of("too_big", "too_many")),
            new MetricFamily("kinds_total", Kind.COUNTER, "Kinds.", "kind", List.of("a")),
            new MetricFamily("lag_seconds", Kind.GAUGE, "Lag.", "loop", List.of()),
            new MetricFamily("took_seconds", Kind.HISTOGRAM, "Took.", "", List.of()));
  }

  @Test
  void tellsEachValueOnceAndZeroForWhatWasNotCounted() {
    assertThat(read(SET.from(() -> STATS)))
        .containsExactly(
            "open  1.0",
            "seen_total  2.0",
            "refused_total too_big 0.0",
            "refused_total too_many 3.0",
            "kinds_total a 2.0",
            "lag_seconds 0 0.5",
            "lag_seconds 1 0.25",
            "took_seconds [2, 3]");
  }

  @Test
  void asksThePartOnceForAPageAndAnewForTheNext() {
    AtomicInteger asked = new AtomicInteger();
    MetricSource source =
        SET.from(() -> new Stats(asked.incrementAndGet(), 0, Map.of(), List.of(), LATENCY));

    assertThat(asked).hasValue(0);
    assertThat(read(source)).contains("open  1.0");
    assertThat(read(source)).contains("open  2.0");
  }
}
