package io.carillon.presence;

import io.carillon.hub.HubShard;
import io.carillon.hub.SubscriptionListener;
import io.carillon.message.Channel;
import io.carillon.view.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One shard's door to the rosters, and what its clients were told of them: a list of members that
 * is handed out here and the events that its {@link ChannelListener}s receive always fit together.
 * Owned by the shard's loop.
 */
public final class ShardPresence implements SubscriptionListener {

  private final Presence presence;
  private final HubShard shard;
  private final int number;
  private final Listeners nodeListeners;
  private final List<ChannelListener> listeners = new ArrayList<>();
  private final Map<Channel, Map<String, Member>> told = new HashMap<>();

  /**
   * @param nodeListeners decides which channels are counted
   */
  ShardPresence(Presence presence, HubShard shard, int number, Listeners nodeListeners) {
    this.presence = presence;
    this.shard = shard;
    this.number = number;
    this.nodeListeners = nodeListeners;
  }

  int number() {
    return number;
  }

  /**
   * Adds a listener; {@link ChannelListener} says which events it receives. Before the node starts.
   */
  public void listen(ChannelListener listener) {
    listeners.add(listener);
  }

  /**
   * Adds a connection of a member. Every join that succeeds needs a {@link #leave}.
   *
   * @param maxMembers the most members of the channel
   */
  public void join(Channel channel, Member member, int maxMembers, JoinCallback callback) {
    assert shard.loop().inLoop();
    presence.atHome(channel, table -> table.join(channel, this, member, maxMembers, callback));
  }

  /** Removes a connection of a member. */
  public void leave(Channel channel, String memberId) {
    assert shard.loop().inLoop();
    presence.atHome(channel, table -> table.leave(channel, this, memberId));
  }

  /**
   * Follows a channel's members without being one. Every watch needs an {@link #unwatch}.
   *
   * @param callback runs on this loop as soon as {@link #members} is known
   */
  public void watch(Channel channel, Runnable callback) {
    assert shard.loop().inLoop();
    presence.atHome(channel, table -> table.watch(channel, this, callback));
  }

  /** Ends a watch. */
  public void unwatch(Channel channel) {
    assert shard.loop().inLoop();
    presence.atHome(channel, table -> table.unwatch(channel, this));
  }

  /** The members of a channel that is followed here, as far as clients here were told. */
  public Collection<Member> members(Channel channel) {
    assert shard.loop().inLoop();
    return told.getOrDefault(channel, Map.of()).values();
  }

  @Override
  public boolean wants(Channel channel) {
    return nodeListeners.isCounted(channel.app());
  }

  @Override
  public void onCount(Channel channel, int subscriptions) {
    assert shard.loop().inLoop();
    presence.atHome(channel, table -> table.count(channel, this, subscriptions));
  }

  /** A newcomer has been told that it has joined. */
  void announce(Channel channel, Seat seat) {
    assert shard.loop().inLoop();
    presence.atHome(channel, table -> table.announce(channel, seat));
  }

  // Messages of the rosters, in order. ------------------------------------------------------------

  void post(Runnable task) {
    shard.loop().execute(task);
  }

  void install(Channel channel, List<Member> members) {
    assert shard.loop().inLoop();
    Map<String, Member> all = LinkedHashMap.newLinkedHashMap(members.size());
    members.forEach(member -> all.put(member.id(), member));
    told.put(channel, all);
  }

  /** A member that clients here were told of is shown in another way. */
  void refresh(Channel channel, Member member) {
    assert shard.loop().inLoop();
    Map<String, Member> members = told.get(channel);
    if (members != null) {
      members.replace(member.id(), member);
    }
  }

  void forget(Channel channel) {
    assert shard.loop().inLoop();
    told.remove(channel);
  }

  /** Hands an event to the listeners, unless clients here know it already. */
  void tell(ChannelEvent event) {
    assert shard.loop().inLoop();
    if (isNews(event)) {
      listeners.forEach(listener -> Listeners.tell(listener, event));
    }
  }

  private boolean isNews(ChannelEvent event) {
    Map<String, Member> members = told.get(event.channel());
    return switch (event) {
      case ChannelEvent.Joined(Channel _, Member member) ->
          members != null && members.putIfAbsent(member.id(), member) == null;
      case ChannelEvent.Left(Channel _, String memberId) ->
          members != null && members.remove(memberId) != null;
      case ChannelEvent.Counted _, ChannelEvent.Occupied _, ChannelEvent.Vacated _ -> true;
    };
  }
}
