package io.carillon.broker;

import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;
import java.util.Collection;
import java.util.List;

/**
 * Receives everything that a {@link Broker} reports to its node. Called on the broker's threads.
 * Publications of one channel come from one thread at a time, in order. Control messages come from
 * another thread, bulk messages from a third, each one at a time: a slow reader of one lane delays
 * neither of the others.
 */
public interface BrokerListener extends EnvelopeReader {

  /**
   * Several publications that arrived together, in order; the listener may hand them on in one
   * step.
   */
  default void onPublications(List<Publication> publications) {
    publications.forEach(this::onPublication);
  }

  /** A message for this node on the bulk lane; see {@link Broker#bulk}. */
  void onBulk(ControlMessage message);

  /**
   * These channels are no longer routed here, although the node did not unsubscribe. They are no
   * longer subscribed; a node that still wants them subscribes again. Called at any time, even
   * while the bus is up, and only for channels whose subscribe has completed: a subscribe that is
   * under way fails or completes by itself.
   *
   * <p>Publications that were missed before this call are reported by {@link #onGap} first. The
   * node itself knows that it misses publications from this call until the next subscribe
   * completes.
   */
  void onLost(Collection<Channel> channels);

  /** Publications may have been missed. */
  void onGap(Gap gap);

  /** The bus came up or went down. */
  void onState(BrokerState state);
}
