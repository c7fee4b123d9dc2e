package io.carillon.benchmark.balancer;

import java.time.Instant;

/**
 * One publication whose fate is known.
 *
 * @param id from 0, without holes
 * @param sent before its first byte was written
 * @param answered when its publisher knew the fate
 */
record Publication(int id, Instant sent, Instant answered, Fate fate) {}
