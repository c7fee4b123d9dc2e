package io.carillon.adapter.kit;

import java.time.Instant;

/** Receives the gaps of a {@link Barrier}. On any thread. */
@FunctionalInterface
public interface BarrierReport {

  /**
   * Publications of a node may have been missed.
   *
   * @param since when the node was given up
   */
  void missed(String reason, Instant since, Instant until);
}
