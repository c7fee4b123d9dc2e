package io.carillon.broker;

import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;

/** Takes what an envelope holds. */
public interface EnvelopeReader {

  /** A publication of a channel that this node subscribed to, or left a moment ago. */
  void onPublication(Publication publication);

  /** A control message of another node. */
  void onControl(ControlMessage message);
}
