package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.LoadResult.PublishedOverHttp;
import io.carillon.benchmark.peers.LoadResult.Rounds;
import io.carillon.benchmark.peers.Results.Competitor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All results of a run over the Pusher protocol, as they are stored.
 *
 * @param finished the end of the run, in UTC
 * @param repetitions how often each case was measured
 * @param machine facts by their names
 * @param peers the servers that ran, in the order of the tables
 * @param missing the servers that did not run, and why
 * @param samples each measured case
 */
record PusherResults(
    String finished,
    int repetitions,
    Map<String, String> machine,
    List<Competitor> peers,
    Map<String, String> missing,
    List<Sample> samples) {

  /** One measurement of one case, or why there is none. */
  record Sample(
      String peer,
      String test,
      int repetition,
      @Nullable Measured measured,
      @Nullable String failure) {}

  /**
   * The result of one case, in its unit.
   *
   * @param p50Us from a publication to its delivery, or to the answer if the channel has no
   *     subscriber
   * @param loadShare the share of its processor that the load generator used
   * @param connectsPerPublish new connections; 0 if the server keeps connections open
   */
  record Measured(
      double perCpuSecond,
      double perSecond,
      double p50Us,
      double p99Us,
      double loadShare,
      double connectsPerPublish) {

    static Measured of(Rounds rounds) {
      return new Measured(
          rounds.deliveriesPerCpuSecond(),
          rounds.deliveriesPerSecond(),
          rounds.p50Us(),
          rounds.p99Us(),
          rounds.loadShare(),
          0);
    }

    static Measured of(PublishedOverHttp published) {
      boolean heard = published.deliveries() > 0;
      double count = heard ? published.deliveries() : published.publishes();
      return new Measured(
          count / published.serverCpuSeconds(),
          count / published.seconds(),
          heard ? published.p50Us() : published.answerP50Us(),
          heard ? published.p99Us() : published.answerP99Us(),
          published.loadCpuSeconds() / published.seconds(),
          (double) published.connects() / published.publishes());
    }
  }

  static PusherResults read(Path file) {
    return LoadResult.JSON.readValue(file, PusherResults.class);
  }

  void write(Path file) {
    LoadResult.JSON.writeValue(file, this);
  }

  /** The median of the measurements of a case; empty if there are none. */
  OptionalDouble median(String peer, PusherCase test, ToDoubleFunction<Measured> figure) {
    return Median.of(
        of(peer, test)
            .flatMap(sample -> Stream.ofNullable(sample.measured()))
            .map(measured -> figure.applyAsDouble(measured))
            .toList());
  }

  /** Why a case, or a repetition of it, was not measured; one reason of several. */
  Optional<String> failure(String peer, PusherCase test) {
    return of(peer, test).flatMap(sample -> Stream.ofNullable(sample.failure())).findFirst();
  }

  boolean has(PusherCase test) {
    return samples.stream().anyMatch(sample -> sample.test().equals(test.name()));
  }

  private Stream<Sample> of(String peer, PusherCase test) {
    return samples.stream()
        .filter(sample -> sample.peer().equals(peer) && sample.test().equals(test.name()));
  }
}
