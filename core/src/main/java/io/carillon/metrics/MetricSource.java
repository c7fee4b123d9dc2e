package io.carillon.metrics;

import java.util.List;

/**
 * The metrics of one part of a running node. A part counts for itself, whether or not anybody asks;
 * it is read only when a page of metrics is made, so no message pays for it.
 *
 * <p>Several sources may declare one name, each with label values of its own; they must agree in
 * everything else.
 */
public interface MetricSource {

  /** What this source tells, in the order of documentation. Always the same. Any thread. */
  List<MetricFamily> families();

  /**
   * Tells every value once. Called by the thread that makes the page, at any time between the
   * making and the end of the process, also after the part was closed. Must not block. An exception
   * costs the page the rest of this source's values, and is logged.
   */
  void read(MetricSink sink);
}
