package io.carillon.broker;

import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;
import java.util.Collection;
import java.util.List;

/**
 * What a {@link Broker} tells its node. Called on the broker's threads. Publications of one channel
 * come from one thread at a time, in order. Control messages come from another thread, bulk
 * messages from a third, each one at a time: a slow reader of one lane delays neither of the
 * others.
 */
public interface BrokerListener extends EnvelopeReader {

  /**
   * Several publications that are at hand at once, in order; whoever hands them on may do so once
   * for all of them.
   */
  default void onPublications(List<Publication> publications) {
    publications.forEach(this::onPublication);
  }

  /** A message for this node on the bulk lane; see {@link Broker#bulk}. */
  void onBulk(ControlMessage message);

  /**
   * These channels are no longer routed here, although nobody asked for that. They are no longer
   * subscribed; a node that still wants them subscribes again. Comes at any time, also while the
   * bus is up, and only for channels whose subscribe has completed: one that is under way fails or
   * completes by itself.
   *
   * <p>What was missed before this call is reported by {@link #onGap} first. What is missed from
   * this call until the next subscribe completes is the node's to know.
   */
  void onLost(Collection<Channel> channels);

  /** Publications may have been missed. */
  void onGap(Gap gap);

  /** The bus came or went. */
  void onState(BrokerState state);
}
