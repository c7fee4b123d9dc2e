/**
 * The page that a Prometheus reads. Each part of the node declares its metrics itself, as a {@link
 * io.carillon.metrics.MetricSource}; here they become text, and the page gets a port.
 */
@NullMarked
package io.carillon.server.metrics;

import org.jspecify.annotations.NullMarked;
