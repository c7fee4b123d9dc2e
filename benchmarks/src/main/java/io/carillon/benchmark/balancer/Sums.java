package io.carillon.benchmark.balancer;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Each publication for each client: it was heard, or there is one reason why it was not. Not safe
 * for threads.
 */
final class Sums {

  /** Why a client has not heard an accepted publication. */
  enum Absence {
    /** It was not subscribed during all of the publication. */
    AWAY,
    /** Its connection ended within 100 ms. */
    ON_ITS_WAY,
    /** Its node has reported a gap for that time. */
    IN_A_GAP,
    /** It was subscribed, and no gap was reported. */
    UNEXPLAINED
  }

  private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
  private final Map<Absence, Long> absences = new EnumMap<>(Absence.class);
  private final long due;
  private long heard;
  private long doubled;
  private long refused;
  private long unknown;
  private long heardThoughRefused;

  private Sums(long due) {
    this.due = due;
  }

  /**
   * Adds everything up.
   *
   * @param gapsOfNodes what each node has reported, node 1 first
   */
  static Sums of(
      List<Publication> publications, List<Attendance> clients, List<List<Span>> gapsOfNodes) {
    Sums sums = new Sums((long) publications.size() * clients.size());
    publications.forEach(publication -> sums.fates.merge(publication.fate(), 1, Integer::sum));
    for (Attendance client : clients) {
      sums.doubled += client.doubled();
      publications.forEach(publication -> sums.add(publication, client, gapsOfNodes));
    }
    return sums;
  }

  private void add(Publication publication, Attendance client, List<List<Span>> gapsOfNodes) {
    if (client.hasHeard(publication.id())) {
      heard++;
      heardThoughRefused += publication.fate() == Fate.REFUSED ? 1 : 0;
      return;
    }
    switch (publication.fate()) {
      case REFUSED -> refused++;
      case UNKNOWN -> unknown++;
      case ACCEPTED -> absences.merge(client.absence(publication, gapsOfNodes), 1L, Long::sum);
    }
  }

  /** How many publications had this fate. */
  int published(Fate fate) {
    return fates.getOrDefault(fate, 0);
  }

  /** Publications times clients. */
  long due() {
    return due;
  }

  /** How many were heard, once or more. */
  long heard() {
    return heard;
  }

  /** How many were heard again. */
  long doubled() {
    return doubled;
  }

  long heardThoughRefused() {
    return heardThoughRefused;
  }

  /** How many of those that were not accepted were not heard. */
  long notAccepted() {
    return refused + unknown;
  }

  /** How many accepted ones were not heard for this reason. */
  long absent(Absence absence) {
    return absences.getOrDefault(absence, 0L);
  }

  /** Records all of them, and what has to be none. */
  void record(Recorder recorder) {
    recorder.figure("publications accepted", (double) published(Fate.ACCEPTED), "");
    recorder.figure("publications refused", (double) published(Fate.REFUSED), "");
    recorder.figure("publications of unknown fate", (double) published(Fate.UNKNOWN), "");
    recorder.figure("publications times clients", (double) due(), "");
    recorder.figure("heard", (double) heard(), "");
    recorder.figure("not heard: refused or unknown", (double) notAccepted(), "");
    recorder.figure("not heard: the client was away", (double) absent(Absence.AWAY), "");
    recorder.figure(
        "not heard: within 100 ms of the connection's end",
        (double) absent(Absence.ON_ITS_WAY),
        "");
    recorder.figure("not heard: in a reported gap", (double) absent(Absence.IN_A_GAP), "");
    recorder.mustBeNone("not heard although accepted", absent(Absence.UNEXPLAINED));
    recorder.mustBeNone("heard twice", doubled());
    recorder.mustBeNone("heard although refused", heardThoughRefused());
  }
}
