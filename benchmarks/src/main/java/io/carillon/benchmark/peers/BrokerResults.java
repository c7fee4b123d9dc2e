package io.carillon.benchmark.peers;

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
 * All results of a run over brokers, as they are stored.
 *
 * @param finished the end of the run, in UTC
 * @param turns how often each case was measured
 * @param seconds how long each measurement took
 * @param machine facts by their names
 * @param contests the brokers, and the servers that ran over each
 * @param missing the servers and brokers that did not run, and why
 * @param samples each measured case
 */
record BrokerResults(
    String finished,
    int turns,
    double seconds,
    Map<String, String> machine,
    List<Contest> contests,
    Map<String, String> missing,
    List<Sample> samples) {

  /** A broker, and the servers that ran over it, in the order of the tables. */
  record Contest(String broker, String title, String version, List<Competitor> peers) {}

  /** One measurement of one case, or why there is none. */
  record Sample(
      String broker,
      String peer,
      String test,
      int turn,
      @Nullable Measured measured,
      @Nullable String failure) {}

  /**
   * The result of one case.
   *
   * @param messagesPerSecond publications that all subscribers on both nodes have received
   * @param p50Us from the publication until a subscriber receives it
   * @param nodesCpuUs the CPU time of both nodes for each message
   * @param brokerCpuUs the broker's CPU time for each message
   * @param loadShare the share of its processor that the load generator used
   */
  record Measured(
      double messagesPerSecond,
      double p50Us,
      double p99Us,
      double nodesCpuUs,
      double brokerCpuUs,
      double loadShare) {

    /**
     * Takes the figures of a case.
     *
     * @param brokerCpuSeconds the broker's CPU time meanwhile
     */
    static Measured of(BrokerCase test, Rounds rounds, double brokerCpuSeconds) {
      double messages = (double) rounds.rounds() * rounds.batch() * test.layout().channels();
      return new Measured(
          messages / rounds.seconds(),
          rounds.p50Us(),
          rounds.p99Us(),
          1e6 * rounds.serverCpuSeconds() / messages,
          1e6 * brokerCpuSeconds / messages,
          rounds.loadShare());
    }

    double cpuUs() {
      return nodesCpuUs + brokerCpuUs;
    }
  }

  static BrokerResults read(Path file) {
    return LoadResult.JSON.readValue(file, BrokerResults.class);
  }

  void write(Path file) {
    LoadResult.JSON.writeValue(file, this);
  }

  /** The median of the measurements of a case; empty if there are none. */
  OptionalDouble median(
      String broker, String peer, BrokerCase test, ToDoubleFunction<Measured> figure) {
    return Median.of(
        of(broker, peer, test)
            .flatMap(sample -> Stream.ofNullable(sample.measured()))
            .map(measured -> figure.applyAsDouble(measured))
            .toList());
  }

  /** Why a case, or a turn of it, was not measured; one reason of several. */
  Optional<String> failure(String broker, String peer, BrokerCase test) {
    return of(broker, peer, test)
        .flatMap(sample -> Stream.ofNullable(sample.failure()))
        .findFirst();
  }

  boolean has(BrokerCase test) {
    return samples.stream().anyMatch(sample -> sample.test().equals(test.name()));
  }

  private Stream<Sample> of(String broker, String peer, BrokerCase test) {
    return samples.stream()
        .filter(
            sample ->
                sample.broker().equals(broker)
                    && sample.peer().equals(peer)
                    && sample.test().equals(test.name()));
  }
}
