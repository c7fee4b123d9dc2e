package io.carillon.metrics;

import java.util.List;

/**
 * The metrics of one part of a running node. A part keeps its counters whether or not metrics are
 * on; they are read only when a page of metrics is made, so messages don't cost more.
 *
 * <p>Several sources may declare one name, each with label values of its own; they must agree in
 * everything else.
 */
public interface MetricSource {

  /** The metrics of this source, in the order of documentation. Always the same. Any thread. */
  List<MetricFamily> families();

  /**
   * Reports every value once. Called by the thread that makes the page, at any time between the
   * making and the end of the process, also after the part was closed. Must not block. An exception
   * costs the page the rest of this source's values, and is logged.
   */
  void read(MetricSink sink);
}
