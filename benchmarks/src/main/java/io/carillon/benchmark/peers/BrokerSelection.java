package io.carillon.benchmark.peers;

import java.util.List;
import java.util.Map;

/**
 * The part of a run over brokers that is wanted: {@code BROKERS}, {@code PEERS} and {@code CASES}
 * are names as in {@link Selection}; empty means all.
 *
 * @param seconds how long each measurement takes ({@code CARILLON_BENCH_SECONDS}, because shells
 *     change {@code SECONDS})
 * @param turns how often each case is measured ({@code REPETITIONS})
 */
record BrokerSelection(
    List<String> brokers, List<String> peers, List<String> cases, double seconds, int turns) {

  private static final String SECONDS = "CARILLON_BENCH_SECONDS";
  private static final double USUAL_SECONDS = 1.5;
  private static final int USUAL_TURNS = 3;
  private static final double LONGEST = 20;

  BrokerSelection {
    if (!(seconds > 0 && seconds <= LONGEST)) {
      throw new IllegalArgumentException(
          "%s: %s (expected: more than 0, at most %.0f)".formatted(SECONDS, seconds, LONGEST));
    }
    if (turns < 1) {
      throw new IllegalArgumentException("REPETITIONS: " + turns + " (expected: 1 or more)");
    }
  }

  static BrokerSelection of(Map<String, String> variables) {
    return new BrokerSelection(
        Selection.names(variables.getOrDefault("BROKERS", "")),
        Selection.names(variables.getOrDefault("PEERS", "")),
        Selection.names(variables.getOrDefault("CASES", "")),
        Double.parseDouble(given(variables, SECONDS, Double.toString(USUAL_SECONDS))),
        Integer.parseInt(given(variables, "REPETITIONS", Integer.toString(USUAL_TURNS))));
  }

  private static String given(Map<String, String> variables, String name, String usual) {
    String value = variables.getOrDefault(name, "");
    return value.isBlank() ? usual : value.strip();
  }

  /** Whether the results are those of a whole run. */
  boolean isComplete() {
    return brokers.isEmpty()
        && peers.isEmpty()
        && cases.isEmpty()
        && seconds >= USUAL_SECONDS
        && turns >= USUAL_TURNS;
  }

  List<Broker> brokersOf(List<Broker> all) {
    Selection.check("BROKERS", brokers, all.stream().map(Broker::name).toList());
    return all.stream()
        .filter(broker -> brokers.isEmpty() || brokers.contains(broker.name()))
        .toList();
  }

  List<Peer> peersOf(List<Peer> all) {
    Selection.check("PEERS", peers, all.stream().map(Peer::name).toList());
    return all.stream().filter(peer -> Selection.has(peers, peer.name())).toList();
  }

  List<BrokerCase> casesOf(List<BrokerCase> all) {
    Selection.check("CASES", cases, all.stream().map(BrokerCase::name).toList());
    return all.stream().filter(test -> Selection.has(cases, test.name())).toList();
  }
}
