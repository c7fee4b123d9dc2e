package io.carillon.hub;

import io.carillon.message.Channel;

/**
 * Hears how many subscriptions channels have on one shard. Every call is made on the shard's loop.
 */
public interface SubscriptionListener {

  /**
   * Whether it wants to hear about a channel. Asked at every subscribe and unsubscribe, so it has
   * to be cheap; the answer for a channel never changes.
   */
  boolean wants(Channel channel);

  /** Called at the end of a turn in which the number may have changed. */
  void onCount(Channel channel, int subscriptions);
}
