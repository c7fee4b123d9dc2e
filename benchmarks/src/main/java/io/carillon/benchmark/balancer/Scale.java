package io.carillon.benchmark.balancer;

import java.util.Locale;

/** Round numbers for an axis. */
final class Scale {

  private Scale() {}

  /** The distance of ticks: 1, 2 or 5 times a power of ten, with at most so many ticks. */
  static double step(double most, int ticks) {
    double power = Math.pow(10, Math.floor(Math.log10(most / ticks)));
    for (double step : new double[] {1, 2, 5}) {
      if (step * power * ticks >= most) {
        return step * power;
      }
    }
    return 10 * power;
  }

  /** A tick's name. */
  static String name(double tick) {
    return String.format(Locale.ROOT, tick == Math.rint(tick) ? "%.0f" : "%.1f", tick);
  }
}
