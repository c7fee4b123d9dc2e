package io.carillon.server.transport;

import java.time.Duration;

/**
 * How old connections become. Ages lie between three quarters of a limit and the limit. The numbers
 * of connections that follow each other are spread evenly over this time (multiples of the golden
 * ratio without their whole part), so that clients that came together do not leave together.
 */
final class ConnectionAge {

  private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;
  private static final double SPREAD = 0.25;

  private ConnectionAge() {}

  /**
   * @param most the limit
   * @param number the connection's number
   * @return the connection's age at its end, in nanoseconds
   */
  static long nanosOf(Duration most, long number) {
    double place = number * GOLDEN_RATIO % 1;
    return (long) (most.toNanos() * (1 - SPREAD * place));
  }
}
