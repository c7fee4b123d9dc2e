/**
 * What a node tells a Prometheus. It reads the counters that the other parts keep for themselves;
 * none of them knows of it.
 */
@NullMarked
package io.carillon.server.metrics;

import org.jspecify.annotations.NullMarked;
