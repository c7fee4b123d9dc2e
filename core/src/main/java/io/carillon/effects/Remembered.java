package io.carillon.effects;

import io.carillon.effects.Effect.Change;

/**
 * A change that this node saw.
 *
 * @param sequence counts the changes that the loop saw
 * @param nanos when, on this node's monotonic clock
 */
record Remembered(long sequence, long nanos, Change change) {}
