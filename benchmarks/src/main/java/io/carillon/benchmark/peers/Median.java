package io.carillon.benchmark.peers;

import java.util.List;
import java.util.OptionalDouble;

/** The middle of some figures. */
final class Median {

  private Median() {}

  /** Of an even number, the mean of both in the middle; of none, none. */
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
