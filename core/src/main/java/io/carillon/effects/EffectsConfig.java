package io.carillon.effects;

import java.time.Duration;

/**
 * The bounds of what waits to be told.
 *
 * @param maxBacklog so many changes of all channels together wait for the listener; a channel whose
 *     changes don't fit is told its state later, without what has happened in between
 * @param maxBatch the most effects in one call of the listener
 * @param retry the pause after a failure of the listener
 * @param recall for how long changes are remembered that another node should tell, to tell them
 *     when that node is gone; longer than it takes to notice
 * @param memory for how long it is remembered that a channel was told as vacated, so that a node
 *     that was cut off does not tell it again
 */
public record EffectsConfig(
    int maxBacklog, int maxBatch, Duration retry, Duration recall, Duration memory) {

  /** For a node whose memory is not small. */
  public static final EffectsConfig DEFAULTS =
      new EffectsConfig(
          100_000, 256, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(10));
}
