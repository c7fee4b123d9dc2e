package io.carillon.membership;

import io.carillon.message.Incarnation;
import java.time.Duration;
import java.util.Comparator;

/**
 * A node as this one has heard it.
 *
 * @param node its incarnation
 * @param label its name, for people
 * @param version the version of the cluster's messages that it writes
 * @param phase how far it is
 * @param silence since when it was not heard
 */
public record Sighting(
    Incarnation node, String label, int version, Heartbeat.Phase phase, Duration silence) {

  /** By the labels, so that people find a node again. */
  static final Comparator<Sighting> ORDER =
      Comparator.comparing(Sighting::label).thenComparing(seen -> seen.node().toString());
}
