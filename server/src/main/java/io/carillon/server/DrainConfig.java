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

  /** Fits into the ten seconds that most supervisors give a process. */
  public static final DrainConfig DEFAULTS =
      new DrainConfig(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(8));

  public DrainConfig {
    if (announce.isNegative()) {
      throw new IllegalArgumentException("drain announce: " + announce + " (expected: >= 0)");
    }
    if (window.isNegative()) {
      throw new IllegalArgumentException("drain window: " + window + " (expected: >= 0)");
    }
    if (deadline.compareTo(announce.plus(window)) < 0) {
      throw new IllegalArgumentException(
          "drain deadline: %s (expected: at least announce and window, %s)"
              .formatted(deadline, announce.plus(window)));
    }
  }
}
