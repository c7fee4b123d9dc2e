package io.carillon.server;

import java.time.Duration;

/**
 * How a node leaves.
 *
 * @param announce how long it only says that it will go, so that balancers send nobody new; skipped
 *     when it has no clients
 * @param window over how long its clients are told to reconnect
 * @param deadline when the process ends, whatever is left
 */
public record DrainConfig(Duration announce, Duration window, Duration deadline) {

  /** What the rest of the way out needs: confirms to come, threads to end. */
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

  /** How long clients have to go, from the first close to the last. */
  Duration patience() {
    return deadline.minus(announce).minus(RESERVE);
  }
}
