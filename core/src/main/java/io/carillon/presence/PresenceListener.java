package io.carillon.presence;

import io.carillon.cluster.Member;
import io.carillon.message.Channel;

/**
 * Hears what changes in the channels that one shard follows, on the shard's loop. Whoever has
 * looked at {@link ShardPresence#members} is told exactly what has changed since then.
 */
public interface PresenceListener {

  /** Somebody is there who was not there before. */
  void onJoined(Channel channel, Member member);

  /** Somebody's last connection has left. */
  void onLeft(Channel channel, Member member);

  /** The channel's number of subscriptions may have changed, and this shard has some of them. */
  void onCount(Channel channel, int subscriptions);
}
