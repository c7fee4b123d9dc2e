package io.carillon.benchmark.balancer;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a client waits before it connects again, as {@code clients/js} has it: full jitter, a
 * backoff that doubles, and what a close code or a status advises. For one thread.
 */
final class Reconnection {

  private static final long FIRST = 1_000;
  private static final long LONGEST = 15_000;
  private static final long STABLE = 5_000;
  private static final long SOON = 250;
  private static final int LATER = 2;

  private int failures;

  /**
   * A connection, or the attempt to make one, has ended.
   *
   * @param code the close code or the status; 1006 if there is none
   * @param openMillis how long it was open; 0 if it never was
   * @param retryAfterMillis what the refusal asked for; 0 if it asked for nothing
   * @return the pause before the next attempt, in milliseconds
   */
  long pause(int code, long openMillis, long retryAfterMillis) {
    boolean isStable = openMillis >= STABLE;
    failures = Math.max(isStable ? 0 : failures, code == 1011 || code == 1013 ? LATER : 0);
    boolean isSoon = isStable && (code == 1001 || code == 1012);
    long most = isSoon ? SOON : Math.min(LONGEST, FIRST << Math.min(failures, 10));
    failures++;
    return retryAfterMillis + (long) (ThreadLocalRandom.current().nextDouble() * most);
  }
}
