package io.carillon.benchmark.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The part of a run that is wanted: {@code PEERS} and {@code CASES} are names, or the beginnings of
 * names up to a hyphen, separated by commas; empty means all. {@code REPETITIONS} is the number of
 * repetitions.
 */
record Selection(List<String> peers, List<String> cases, int repetitions) {

  private static final int USUAL = 3;
  static final String FOOTPRINT = "footprint";

  Selection {
    if (repetitions < 1) {
      throw new IllegalArgumentException("REPETITIONS: " + repetitions + " (expected: 1 or more)");
    }
  }

  static Selection of(Map<String, String> variables) {
    String repetitions = variables.getOrDefault("REPETITIONS", "");
    return new Selection(
        names(variables.getOrDefault("PEERS", "")),
        names(variables.getOrDefault("CASES", "")),
        repetitions.isBlank() ? USUAL : Integer.parseInt(repetitions));
  }

  static List<String> names(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** Whether the results are those of a whole run. */
  boolean isComplete() {
    return peers.isEmpty() && cases.isEmpty() && repetitions >= USUAL;
  }

  List<Peer> of(List<Peer> all) {
    check("PEERS", peers, all.stream().map(Peer::name).toList());
    return all.stream().filter(peer -> has(peers, peer.name())).toList();
  }

  List<Case> casesOf(List<Case> all) {
    List<String> names = new ArrayList<>(all.stream().map(Case::name).toList());
    names.add(FOOTPRINT);
    check("CASES", cases, names);
    return all.stream().filter(test -> has(cases, test.name())).toList();
  }

  List<PusherCase> pusherCasesOf(List<PusherCase> all) {
    check("CASES", cases, all.stream().map(PusherCase::name).toList());
    return all.stream().filter(test -> has(cases, test.name())).toList();
  }

  boolean hasFootprint() {
    return has(cases, FOOTPRINT);
  }

  static void check(String variable, List<String> wanted, List<String> names) {
    for (String name : wanted) {
      if (names.stream().noneMatch(known -> has(List.of(name), known))) {
        throw new IllegalArgumentException(
            variable + ": " + name + " (expected: some of " + String.join(", ", names) + ")");
      }
    }
  }

  static boolean has(List<String> wanted, String name) {
    return wanted.isEmpty()
        || wanted.stream().anyMatch(word -> name.equals(word) || name.startsWith(word + "-"));
  }
}
