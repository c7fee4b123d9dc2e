/** What a node tells a Prometheus, the dashboard and the alerts. */
@NullMarked
package io.carillon.conformance.metrics;

import org.jspecify.annotations.NullMarked;
