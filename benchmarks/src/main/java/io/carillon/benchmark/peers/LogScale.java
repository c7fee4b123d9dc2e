package io.carillon.benchmark.peers;

import java.util.ArrayList;
import java.util.List;

/** The position of a value on a logarithmic axis that covers whole powers of ten. */
record LogScale(int lowest, int highest, double from, double to) {

  /** An axis that covers all values. */
  static LogScale over(List<Double> values, double from, double to) {
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(10);
    int lowest = (int) Math.floor(Math.log10(least));
    int highest = Math.max(lowest + 1, (int) Math.ceil(Math.log10(most)));
    return new LogScale(lowest, highest, from, to);
  }

  double at(double value) {
    return from + (to - from) * (Math.log10(value) - lowest) / (highest - lowest);
  }

  /** The powers of ten, and the values between them. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int power = lowest; power <= highest; power++) {
      ticks.add(Math.pow(10, power));
    }
    return ticks;
  }
}
