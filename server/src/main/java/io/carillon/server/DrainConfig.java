package io.carillon.server;

import java.time.Duration;

/**
 * How a node leaves.
 *
 * @param announce how long it only announces that it will leave, so that balancers send it no new
 *     clients; skipped if it has no clients
 * @param window the time over which its clients are told to reconnect
 * @param deadline when the process ends, even if connections are left
 */
public record DrainConfig(Duration announce, Duration window, Duration deadline) {

  /** The time for the rest of the shutdown: confirms arrive, threads end. */
  public static final Duration RESERVE = Duration.ofMillis(2_500);

  /** Fits into the ten seconds that most supervisors give a process. */
  public static final DrainConfig DEFAULTS =
      new DrainConfig(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(8));

  public DrainConfig {
    if (announce.isNegative()) {
      throw new IllegalArgumentException(
          "drain announce: " + announce.toMillis() + " ms (expected: >= 0)");
    }
    if (window.isNegative()) {
      throw new IllegalArgumentException(
          "drain window: " + window.toMillis() + " ms (expected: >= 0)");
    }
    Duration least = announce.plus(window).plus(RESERVE);
    if (deadline.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "drain deadline: %d ms (expected: at least announce, window and %d ms, together %d ms)"
              .formatted(deadline.toMillis(), RESERVE.toMillis(), least.toMillis()));
    }
  }

  /** How long clients have to disconnect, from the first close to the last. */
  Duration patience() {
    return deadline.minus(announce).minus(RESERVE);
  }
}
