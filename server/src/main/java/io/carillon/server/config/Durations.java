package io.carillon.server.config;

import java.time.Duration;

/** Durations as people write them. */
public final class Durations {

  private static final Format<Duration> FORMAT = Formats.duration(Duration.ofMillis(1));

  private Durations() {}

  /**
   * Reads {@code 500ms}, {@code 25s}, {@code 2m} or {@code 1h}.
   *
   * @throws IllegalArgumentException when it is none, or nothing
   */
  public static Duration parse(String text) {
    return FORMAT.read(text);
  }
}
