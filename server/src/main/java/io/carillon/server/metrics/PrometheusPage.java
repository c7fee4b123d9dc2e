package io.carillon.server.metrics;

import io.carillon.hub.LatencyStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A node's metrics as the text that a Prometheus reads. Nothing is kept here: each page reads the
 * sources anew. Every metric has the node's label.
 *
 * <p>The JVM's metrics have the names that Micrometer gives them, without a prefix, so that the
 * usual dashboards for a JVM show them.
 */
final class PrometheusPage implements AutoCloseable {

  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final String prefix;

  /** Micrometer itself holds what it reads weakly. */
  private final List<Metric> metrics;

  PrometheusPage(String nodeId, String prefix, Sources sources) {
    this.prefix = prefix.endsWith("_") ? prefix : prefix + "_";
    this.metrics = NodeMetrics.of(sources);
    registry.config().commonTags("node", nodeId);
    metrics.forEach(this::register);
    Labels node = Labels.of("node", nodeId);
    registry
        .getPrometheusRegistry()
        .register(
            () -> histogram(NodeMetrics.PUBLISH_SECONDS, sources.publishLatency().get(), node));
    registry.getPrometheusRegistry().register(() -> build(node));
    jvm(registry);
  }

  private void jvm(MeterRegistry to) {
    new JvmMemoryMetrics().bindTo(to);
    new JvmThreadMetrics().bindTo(to);
    new ProcessorMetrics().bindTo(to);
    new FileDescriptorMetrics().bindTo(to);
    new UptimeMetrics().bindTo(to);
    garbageCollection.bindTo(to);
  }

  private void register(Metric metric) {
    for (Metric.Reading reading : metric.readings()) {
      Tags tags =
          metric.label().isEmpty() ? Tags.empty() : Tags.of(metric.label(), reading.labelValue());
      switch (metric.kind()) {
        case COUNTER ->
            FunctionCounter.builder(prefix + metric.name(), reading, r -> r.value().getAsDouble())
                .description(metric.help())
                .tags(tags)
                .register(registry);
        case GAUGE ->
            Gauge.builder(prefix + metric.name(), reading, r -> r.value().getAsDouble())
                .description(metric.help())
                .tags(tags)
                .register(registry);
        case HISTOGRAM, INFO ->
            throw new IllegalArgumentException(metric.name() + " is not made of single values");
      }
    }
  }

  private MetricSnapshot histogram(Metric metric, LatencyStats stats, Labels labels) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < stats.counts().size(); i++) {
      double bound =
          i < stats.bounds().size() ? seconds(stats.bounds().get(i)) : Double.POSITIVE_INFINITY;
      buckets.bucket(bound, stats.counts().get(i));
    }
    return HistogramSnapshot.builder()
        .name(prefix + metric.name())
        .help(metric.help())
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(buckets.build())
                .sum(seconds(stats.totalNanos()))
                .build())
        .build();
  }

  private static double seconds(long nanos) {
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }

  private MetricSnapshot build(Labels node) {
    String version = PrometheusPage.class.getPackage().getImplementationVersion();
    Labels labels =
        node.add("version", version == null ? "" : version)
            .add("java", System.getProperty("java.vm.version", ""));
    String name = NodeMetrics.BUILD.name();
    return InfoSnapshot.builder()
        .name(prefix + name.substring(0, name.indexOf("_info")))
        .help(NodeMetrics.BUILD.help())
        .dataPoint(InfoDataPointSnapshot.builder().labels(labels).build())
        .build();
  }

  String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    garbageCollection.close();
    registry.close();
  }
}
