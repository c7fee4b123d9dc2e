package io.carillon.hub;

import io.carillon.message.Channel;

/**
 * Receives the numbers of subscriptions of channels on one shard. Every call is made on the shard's
 * loop.
 */
public interface SubscriptionListener {

  /**
   * Whether it wants the numbers of a channel. Asked when the channel gets its first subscriber on
   * the shard; the answer for a channel never changes.
   */
  boolean wants(Channel channel);

  /** Called at the end of a turn in which the number may have changed. */
  void onCount(Channel channel, int subscriptions);
}
