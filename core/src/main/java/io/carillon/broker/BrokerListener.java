package io.carillon.broker;

import io.carillon.message.Publication;
import java.util.List;

/**
 * What a {@link Broker} tells its node. Called on the broker's threads. Publications of one channel
 * come from one thread at a time, in order; so do control messages, on their own lane.
 */
public interface BrokerListener extends EnvelopeReader {

  /**
   * Several publications that are at hand at once, in order; whoever hands them on may do so once
   * for all of them.
   */
  default void onPublications(List<Publication> publications) {
    publications.forEach(this::onPublication);
  }

  /** Publications may have been missed. */
  void onGap(Gap gap);

  /** The bus came or went. */
  void onState(BrokerState state);
}
