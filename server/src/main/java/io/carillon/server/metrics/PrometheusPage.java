package io.carillon.server.metrics;

import io.carillon.metrics.MetricFamily;
import io.carillon.metrics.MetricSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's metrics as the text that Prometheus reads. No values are stored here: each page reads
 * each source again, once. Every metric has the node's label.
 *
 * <p>The JVM's metrics have the names that Micrometer gives them, without a prefix, so that the
 * usual dashboards for a JVM show them.
 */
public final class PrometheusPage implements AutoCloseable {

  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Logger log = LoggerFactory.getLogger(PrometheusPage.class);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final String prefix;
  private final Labels node;
  private final List<MetricSource> sources;

  /**
   * @param nodeId the value of the label {@code node}
   * @param prefix the beginning of Carillon's names
   * @param sources the parts of the node
   * @throws IllegalArgumentException if sources contradict each other
   */
  public PrometheusPage(String nodeId, String prefix, List<MetricSource> sources) {
    this.prefix = prefix.endsWith("_") ? prefix : prefix + "_";
    this.node = Labels.of("node", nodeId);
    this.sources = List.copyOf(sources);
    Families.merged(sources.stream().flatMap(source -> source.families().stream()).toList());
    registry.config().commonTags("node", nodeId);
    MultiCollector collector = this::samples;
    registry.getPrometheusRegistry().register(collector);
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

  private MetricSnapshots samples() {
    Samples samples = new Samples(prefix, node);
    for (MetricSource source : sources) {
      try {
        source.read(samples);
      } catch (RuntimeException e) { // The others have nothing to do with it.
        log.error("Metrics can't be read: {}", namesOf(source), e);
      }
    }
    samples.add(BuildInfo.snapshot(prefix, node));
    return samples.build();
  }

  private static List<String> namesOf(MetricSource source) {
    return source.families().stream().map(MetricFamily::name).toList();
  }

  /** The page as of now. Any thread, one at a time. */
  public String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    garbageCollection.close();
    registry.close();
  }
}
