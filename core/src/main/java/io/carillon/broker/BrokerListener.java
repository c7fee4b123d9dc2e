package io.carillon.broker;

/**
 * What a {@link Broker} tells its node. Called on the broker's threads. Publications of one channel
 * come from one thread at a time, in order; so do control messages, on their own lane.
 */
public interface BrokerListener extends EnvelopeReader {

  /** Publications may have been missed. */
  void onGap(Gap gap);

  /** The bus came or went. */
  void onState(BrokerState state);
}
