package io.carillon.view;

import java.time.Duration;

/**
 * The bounds of the cluster view.
 *
 * @param tick changes that happen within this time are told to the other nodes together
 * @param feedTimeout when a node that was asked for its slice has sent nothing for this long, it is
 *     asked again
 * @param patience a node that has not sent its slice for this long is not waited for any more, and
 *     a node that has not heard itself for this long takes clients all the same
 * @param maxSliceBytes the most memory of this node's own slice, in bytes
 */
public record ViewConfig(
    Duration tick, Duration feedTimeout, Duration patience, long maxSliceBytes) {

  /** Of a node whose memory is not small. */
  public static final ViewConfig DEFAULTS =
      new ViewConfig(
          Duration.ofMillis(50), Duration.ofSeconds(5), Duration.ofSeconds(15), 64L << 20);
}
