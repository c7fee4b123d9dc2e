package io.carillon.adapter.kit;

import java.time.Duration;

/** Why a {@link Barrier} asks the other nodes, and how long it waits for one that is silent. */
public enum Occasion {
  /**
   * The link is new. The node comes to life without nodes that do not answer in time. Its broker
   * may be new, too, and not connected to the others yet, so the absence of a node counts only
   * after a moment.
   */
  JOINING(Duration.ofSeconds(2), Duration.ofMillis(500)),

  /**
   * Channels were bound. A live node that does not answer in time makes the subscribes fail; see
   * {@link UnconfirmedException}.
   */
  SUBSCRIBING(Duration.ofSeconds(5), Duration.ZERO);

  private final Duration patience;
  private final Duration absenceCountsAfter;

  Occasion(Duration patience, Duration absenceCountsAfter) {
    this.patience = patience;
    this.absenceCountsAfter = absenceCountsAfter;
  }

  /** How long a node may take to answer that lives and is not late. */
  Duration patience() {
    return patience;
  }

  /** For how long the broker's word that a node is not there means nothing. */
  Duration absenceCountsAfter() {
    return absenceCountsAfter;
  }
}
