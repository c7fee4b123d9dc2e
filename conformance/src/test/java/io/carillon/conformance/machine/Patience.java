package io.carillon.conformance.machine;

import java.time.Duration;

/** How long tests wait. */
public final class Patience {
  /** How long anything is waited for; only failures take that long. */
  public static final Duration LIMIT = Duration.ofSeconds(30);

  private Patience() {}
}
