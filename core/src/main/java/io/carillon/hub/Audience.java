package io.carillon.hub;

import io.carillon.message.Channel;

/**
 * Hears how many subscriptions a channel of an app has on one shard: on the shard's loop, at the
 * end of a turn in which they may have changed.
 */
@FunctionalInterface
public interface Audience {

  void onCount(Channel channel, int subscriptions);
}
