package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.LoadResult.Rounds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All results of a run, as they are stored.
 *
 * @param finished the end of the run, in UTC
 * @param repetitions how often everything was measured
 * @param machine facts by their names
 * @param peers the servers that ran, in the order of the tables
 * @param missing the servers that did not run, and why
 * @param samples each measured case
 * @param footprints the cost of idle connections
 */
record Results(
    String finished,
    int repetitions,
    Map<String, String> machine,
    List<Competitor> peers,
    Map<String, String> missing,
    List<Sample> samples,
    List<Footprint> footprints) {

  /** A peer as the report shows it. */
  record Competitor(String name, String title, String version, String command) {

    /** The title for places without Markdown. */
    String plainTitle() {
      return title.replace("*", "").replace("`", "");
    }
  }

  /** One measurement of one case, or why there is none. */
  record Sample(
      String peer,
      String test,
      int repetition,
      @Nullable Rounds rounds,
      @Nullable String failure) {}

  /** The cost of idle connections; bytes are those of one more connection. */
  record Footprint(
      String peer,
      int repetition,
      double acceptCpuMicros,
      double residentBytes,
      double proportionalBytes,
      double residentBytesOfAll,
      @Nullable String failure) {

    static Footprint failed(String peer, int repetition, String failure) {
      return new Footprint(peer, repetition, 0, 0, 0, 0, failure);
    }
  }

  static Results read(Path file) {
    return LoadResult.JSON.readValue(file, Results.class);
  }

  void write(Path file) {
    LoadResult.JSON.writeValue(file, this);
  }

  /** The median of the measurements of a case; empty if there are none. */
  OptionalDouble median(String peer, Case test, ToDoubleFunction<Rounds> figure) {
    List<Double> figures = new ArrayList<>();
    for (Sample sample : samples) {
      if (sample.rounds() != null && isOf(sample, peer, test)) {
        figures.add(figure.applyAsDouble(sample.rounds()));
      }
    }
    return Median.of(figures);
  }

  /** As above, for idle connections. */
  OptionalDouble footprint(String peer, ToDoubleFunction<Footprint> figure) {
    return Median.of(
        footprints.stream()
            .filter(footprint -> footprint.peer().equals(peer) && footprint.failure() == null)
            .map(footprint -> figure.applyAsDouble(footprint))
            .toList());
  }

  /** Why a case, or a repetition of it, was not measured; one reason of several. */
  Optional<String> failure(String peer, Case test) {
    return samples.stream()
        .filter(sample -> isOf(sample, peer, test))
        .flatMap(sample -> Stream.ofNullable(sample.failure()))
        .findFirst();
  }

  Optional<String> failureOfFootprint(String peer) {
    return footprints.stream()
        .filter(footprint -> footprint.peer().equals(peer))
        .flatMap(footprint -> Stream.ofNullable(footprint.failure()))
        .findFirst();
  }

  private static boolean isOf(Sample sample, String peer, Case test) {
    return sample.peer().equals(peer) && sample.test().equals(test.name());
  }
}
