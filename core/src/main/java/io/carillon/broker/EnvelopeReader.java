package io.carillon.broker;

import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;

/** Takes what an envelope holds. */
public interface EnvelopeReader {

  /**
   * Whether anybody here wants a channel's publications. Asked before the rest of a publication is
   * read: on a bus that brings every channel to every node most are wanted by nobody. One that is
   * not wanted is left out.
   */
  default boolean wants(Channel channel) {
    return true;
  }

  /** A publication of a channel that this node subscribed to, or left a moment ago. */
  void onPublication(Publication publication);

  /**
   * A control message of any node, of this one too: that it comes back shows that the bus works.
   */
  void onControl(ControlMessage message);
}
