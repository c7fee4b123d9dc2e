package io.carillon.metrics;

/** Takes the values of a {@link MetricSource} for one page; used by one thread at a time. */
public interface MetricSink {

  /**
   * A value of a counter or a gauge.
   *
   * @param labelValue the value of the family's label; empty if it has none
   */
  void value(MetricFamily family, String labelValue, double value);

  /** The value of a histogram. */
  void histogram(MetricFamily family, LatencyStats value);
}
