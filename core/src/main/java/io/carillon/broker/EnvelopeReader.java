package io.carillon.broker;

import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;

/** Receives the contents of an envelope. */
public interface EnvelopeReader {

  /**
   * Whether this node wants a channel's publications. Asked before the rest of a publication is
   * read, because on a bus that sends every channel to every node, most publications are not
   * wanted. A publication that is not wanted is skipped.
   */
  default boolean wants(Channel channel) {
    return true;
  }

  /** A publication of a channel that this node is subscribed to, or has left a moment ago. */
  void onPublication(Publication publication);

  /**
   * A control message of any node, this one included: a message that comes back shows that the bus
   * works.
   */
  void onControl(ControlMessage message);
}
