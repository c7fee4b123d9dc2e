package io.carillon.benchmark.peers;

import java.util.List;
import java.util.OptionalDouble;

/** The median of some figures. */
final class Median {

  private Median() {}

  /** Of an even number of figures the mean of the two in the middle; empty if there are none. */
  static OptionalDouble of(List<Double> figures) {
    if (figures.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }
}
