package io.carillon.server.metrics;

import io.carillon.metrics.LatencyStats;
import io.carillon.metrics.MetricFamily;
import io.carillon.metrics.MetricSink;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The values of one page, in the form of the Prometheus library. Values of one name belong
 * together, whichever part they come from.
 */
final class Samples implements MetricSink {

  private static final String COUNTER_SUFFIX = "_total"; // The library adds it again.

  private final String prefix;
  private final Labels node;
  private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
  private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
  private final MetricSnapshots.Builder all = MetricSnapshots.builder();

  /**
   * @param prefix the beginning of the names
   * @param node the label of every value
   */
  Samples(String prefix, Labels node) {
    this.prefix = prefix;
    this.node = node;
  }

  @Override
  public void value(MetricFamily family, String labelValue, double value) {
    Labels labels = family.label().isEmpty() ? node : node.add(family.label(), labelValue);
    switch (family.kind()) {
      case COUNTER ->
          counters
              .computeIfAbsent(family.name(), name -> counter(family))
              .dataPoint(CounterDataPointSnapshot.builder().labels(labels).value(value).build());
      case GAUGE ->
          gauges
              .computeIfAbsent(family.name(), name -> gauge(family))
              .dataPoint(GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
      case HISTOGRAM ->
          throw new IllegalArgumentException(family.name() + " is not made of single values");
    }
  }

  private CounterSnapshot.Builder counter(MetricFamily family) {
    String name = family.name();
    return CounterSnapshot.builder()
        .name(prefix + name.substring(0, name.length() - COUNTER_SUFFIX.length()))
        .help(family.help());
  }

  private GaugeSnapshot.Builder gauge(MetricFamily family) {
    return GaugeSnapshot.builder().name(prefix + family.name()).help(family.help());
  }

  @Override
  public void histogram(MetricFamily family, LatencyStats value) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < value.counts().size(); i++) {
      double bound =
          i < value.bounds().size() ? seconds(value.bounds().get(i)) : Double.POSITIVE_INFINITY;
      buckets.bucket(bound, value.counts().get(i));
    }
    add(
        HistogramSnapshot.builder()
            .name(prefix + family.name())
            .help(family.help())
            .dataPoint(
                HistogramDataPointSnapshot.builder()
                    .labels(node)
                    .classicHistogramBuckets(buckets.build())
                    .sum(seconds(value.totalNanos()))
                    .build())
            .build());
  }

  private static double seconds(long nanos) {
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }

  /** One more that is complete. */
  void add(MetricSnapshot snapshot) {
    all.metricSnapshot(snapshot);
  }

  /** All of them, when every source was read. */
  MetricSnapshots build() {
    counters.values().forEach(counter -> add(counter.build()));
    gauges.values().forEach(gauge -> add(gauge.build()));
    return all.build();
  }
}
