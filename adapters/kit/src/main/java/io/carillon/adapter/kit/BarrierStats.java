package io.carillon.adapter.kit;

import io.carillon.metrics.LatencyStats;

/**
 * The counters of a broker's {@link Barrier}s.
 *
 * @param durations how long questions to the other nodes took, whatever became of them
 * @param waiting answers of nodes that are waited for now
 * @param givenUp how often a silent node was not waited for any longer
 * @param failed questions that failed because a live node did not answer
 * @param gaps gaps that were reported because a node was given up
 */
public record BarrierStats(
    LatencyStats durations, long waiting, long givenUp, long failed, long gaps) {}
