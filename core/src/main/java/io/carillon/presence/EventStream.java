package io.carillon.presence;

import io.carillon.message.Channel;
import io.carillon.view.Member;
import java.util.List;

/**
 * Hands the events of the channels whose home is one loop to the listeners at once, and posts them
 * to the shards. Only that loop calls it, so every listener and every shard receives the events of
 * a channel in one order.
 */
final class EventStream {

  private final Listeners listeners;
  private final List<ShardPresence> shards;

  /**
   * @param shards all shards of the node; may still grow while the node is built
   */
  EventStream(Listeners listeners, List<ShardPresence> shards) {
    this.listeners = listeners;
    this.shards = shards;
  }

  /** A member has joined, of whom nobody was told. */
  void joined(Channel channel, Roster roster, Member member) {
    ChannelEvent event = new ChannelEvent.Joined(channel, member);
    tellFollowers(roster, event);
    listeners.tell(event);
  }

  /** A member has joined; followers are told later. */
  void heard(Channel channel, Member member) {
    listeners.tell(new ChannelEvent.Joined(channel, member));
  }

  /** Followers are told of a member that listeners have heard of. */
  void introduced(Channel channel, Roster roster, Member member) {
    tellFollowers(roster, new ChannelEvent.Joined(channel, member));
  }

  /** Lists that clients get from now on show a member so. */
  void refreshed(Channel channel, Roster roster, Member member) {
    for (ShardPresence shard : shards) {
      if (roster.followers().areOn(shard.number())) {
        shard.post(() -> shard.refresh(channel, member));
      }
    }
  }

  void left(Channel channel, Roster roster, String memberId) {
    ChannelEvent event = new ChannelEvent.Left(channel, memberId);
    tellFollowers(roster, event);
    listeners.tell(event);
  }

  /** A member has left of whom only the shard of its connection was told. */
  void withdrawn(Channel channel, Roster roster, String memberId) {
    tellFollowers(roster, new ChannelEvent.Left(channel, memberId));
  }

  private void tellFollowers(Roster roster, ChannelEvent event) {
    for (ShardPresence shard : shards) {
      if (roster.followers().areOn(shard.number())) {
        shard.post(() -> shard.tell(event));
      }
    }
  }

  void occupied(Channel channel) {
    listeners.tell(new ChannelEvent.Occupied(channel));
  }

  void vacated(Channel channel) {
    listeners.tell(new ChannelEvent.Vacated(channel));
  }

  /**
   * A number of subscriptions was counted, and may be the same as before.
   *
   * @param before how many subscriptions the channel had
   */
  void counted(Channel channel, Roster roster, int before) {
    int now = roster.subscriptions();
    ChannelEvent event = new ChannelEvent.Counted(channel, now);
    if (listeners.areCountsTold(channel)) {
      tellSubscribed(roster, event);
    }
    if (now != before) {
      listeners.tell(event);
    }
  }

  private void tellSubscribed(Roster roster, ChannelEvent event) {
    for (ShardPresence shard : shards) {
      if (roster.hasSubscriptions(shard.number())) {
        shard.post(() -> shard.tell(event));
      }
    }
  }
}
