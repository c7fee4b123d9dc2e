/**
 * Drills behind a balancer: faults and changes of nodes, broker and balancer while clients are
 * connected.
 *
 * <p>{@code BenchBalancer} runs each {@code Drill} in a {@code Scene} of real processes and writes
 * what its {@code Recorder} has seen; {@code BalancerPage} and {@code DrillPlot} turn that into
 * pages.
 */
@NullMarked
package io.carillon.benchmark.balancer;

import org.jspecify.annotations.NullMarked;
