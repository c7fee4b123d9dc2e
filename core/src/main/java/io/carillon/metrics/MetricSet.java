package io.carillon.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The metrics that a part declares, and how each value is read from the record of the part's
 * counters. It is declared without a running part, so that documentation can be made of it; {@link
 * #from} makes the source of a running one. Immutable.
 *
 * @param <S> the part's record
 */
public final class MetricSet<S> {

  private final List<Metric<S>> metrics;

  private MetricSet(List<Metric<S>> metrics) {
    this.metrics = List.copyOf(metrics);
  }

  public static <S> Builder<S> builder() {
    return new Builder<>();
  }

  /** The declared metrics, in the order of declaration. */
  public List<MetricFamily> families() {
    return metrics.stream().map(Metric::family).toList();
  }

  /**
   * The source of a running part.
   *
   * @param stats gives the record; asked once for each page, by the thread that makes it
   */
  public MetricSource from(Supplier<S> stats) {
    return new MetricSource() {
      @Override
      public List<MetricFamily> families() {
        return MetricSet.this.families();
      }

      @Override
      public void read(MetricSink sink) {
        S now = stats.get();
        metrics.forEach(metric -> metric.reading().read(now, metric.family(), sink));
      }
    };
  }

  private record Metric<S>(MetricFamily family, Reading<S> reading) {}

  private interface Reading<S> {
    void read(S stats, MetricFamily family, MetricSink sink);
  }

  /**
   * One of the values of a metric with a label.
   *
   * @param label the label's value
   * @param reading reads the figure
   */
  public record Value<S>(String label, ToDoubleFunction<S> reading) {}

  /** Declares metrics, in the order in which documentation lists them. */
  public static final class Builder<S> {

    private final List<Metric<S>> metrics = new ArrayList<>();

    private Builder() {}

    /** One figure that only grows. */
    public Builder<S> counter(String name, String help, ToDoubleFunction<S> value) {
      return single(MetricFamily.Kind.COUNTER, name, help, value);
    }

    /** One figure that goes up and down. */
    public Builder<S> gauge(String name, String help, ToDoubleFunction<S> value) {
      return single(MetricFamily.Kind.GAUGE, name, help, value);
    }

    private Builder<S> single(
        MetricFamily.Kind kind, String name, String help, ToDoubleFunction<S> value) {
      return add(
          new MetricFamily(name, kind, help, "", List.of()),
          (stats, family, sink) -> sink.value(family, "", value.applyAsDouble(stats)));
    }

    /** Counters of one name that differ in a label. */
    public Builder<S> counters(String name, String help, String label, List<Value<S>> values) {
      return values(
          new MetricFamily(name, MetricFamily.Kind.COUNTER, help, label, List.of()), values);
    }

    /**
     * Counters of one name, one for each constant of an enum: the label's value is the constant's
     * name in lower case. A constant that the map doesn't have counts 0.
     */
    public <K extends Enum<K>> Builder<S> counters(
        String name, String help, String label, K[] keys, Function<S, Map<K, Long>> counts) {
      return counters(
          name,
          help,
          label,
          Arrays.stream(keys)
              .map(
                  key ->
                      new Value<S>(
                          key.name().toLowerCase(Locale.ROOT),
                          stats -> counts.apply(stats).getOrDefault(key, 0L)))
              .toList());
    }

    /** This part's values of a metric that other parts have, too. */
    public Builder<S> values(MetricFamily shared, List<Value<S>> values) {
      return add(
          shared.withLabelValues(values.stream().map(Value::label).toList()),
          (stats, family, sink) ->
              values.forEach(
                  one -> sink.value(family, one.label(), one.reading().applyAsDouble(stats))));
    }

    /** Gauges of one name, numbered from 0 in a label: as many as there are when they are read. */
    public Builder<S> numberedGauges(
        String name, String help, String label, Function<S, List<Double>> values) {
      return add(
          new MetricFamily(name, MetricFamily.Kind.GAUGE, help, label, List.of()),
          (stats, family, sink) -> {
            int number = 0;
            for (double value : values.apply(stats)) {
              sink.value(family, Integer.toString(number++), value);
            }
          });
    }

    /** A distribution of durations. */
    public Builder<S> histogram(String name, String help, Function<S, LatencyStats> value) {
      return add(
          new MetricFamily(name, MetricFamily.Kind.HISTOGRAM, help, "", List.of()),
          (stats, family, sink) -> sink.histogram(family, value.apply(stats)));
    }

    private Builder<S> add(MetricFamily family, Reading<S> reading) {
      metrics.add(new Metric<>(family, reading));
      return this;
    }

    public MetricSet<S> build() {
      return new MetricSet<>(metrics);
    }
  }
}
