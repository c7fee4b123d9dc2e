package io.carillon.benchmark.balancer;

import io.carillon.benchmark.balancer.DrillResult.Figure;
import java.util.Locale;

/** The notation of a drill's figures. */
final class FigureText {

  private FigureText() {}

  /** Whole numbers without, all others with two decimals, and the unit. */
  static String of(Figure figure) {
    double value = figure.value();
    String format = value == Math.rint(value) ? "%,.0f" : "%,.2f";
    String number = String.format(Locale.ROOT, format, value);
    return figure.unit().isEmpty() ? number : number + " " + figure.unit();
  }
}
