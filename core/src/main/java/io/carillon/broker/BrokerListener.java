package io.carillon.broker;

import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;

/**
 * What a {@link Broker} tells its node. Called on the broker's threads. Publications of one channel
 * come from one thread at a time, in order; so do control messages, on their own lane.
 */
public interface BrokerListener {

  /** A publication of a channel that this node subscribed to, or left a moment ago. */
  void onPublication(Publication publication);

  /** A control message of another node. */
  void onControl(ControlMessage message);

  /** Publications may have been missed. */
  void onGap(Gap gap);

  /** The bus came or went. */
  void onState(BrokerState state);
}
