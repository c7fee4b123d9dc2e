package io.carillon.presence;

import io.carillon.cluster.Member;
import io.carillon.hub.Audience;
import io.carillon.hub.HubShard;
import io.carillon.message.Channel;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One shard's door to the rosters, and what its clients were told of them: a list of members that
 * is handed out here and the changes that the {@link PresenceListener} hears always fit together.
 * Owned by the shard's loop.
 */
public final class ShardPresence implements Audience {

  private final Presence presence;
  private final HubShard shard;
  private final int number;
  private final Map<Channel, Map<String, Member>> told = new HashMap<>();
  private @Nullable PresenceListener listener;

  ShardPresence(Presence presence, HubShard shard, int number) {
    this.presence = presence;
    this.shard = shard;
    this.number = number;
  }

  int number() {
    return number;
  }

  /** Tells somebody what changes. Once, before anything else. */
  public void tell(PresenceListener somebody) {
    listener = somebody;
  }

  /**
   * One more connection of a member is there. Every join that ends well needs a {@link #leave}.
   *
   * @param maxMembers the most members of the channel
   */
  public void join(Channel channel, Member member, int maxMembers, JoinCallback callback) {
    assert shard.loop().inLoop();
    presence.atHome(channel, table -> table.join(channel, this, member, maxMembers, callback));
  }

  /** One connection less. */
  public void leave(Channel channel, String memberId) {
    assert shard.loop().inLoop();
    presence.atHome(channel, table -> table.leave(channel, this, memberId));
  }

  /**
   * Follows a channel's members without being one. Every watch needs an {@link #unwatch}.
   *
   * @param callback runs on this loop, once {@link #members} is known
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

  /** Who is in a channel that is followed here, as far as clients here were told. */
  public Collection<Member> members(Channel channel) {
    assert shard.loop().inLoop();
    return told.getOrDefault(channel, Map.of()).values();
  }

  @Override
  public void onCount(Channel channel, int subscriptions) {
    assert shard.loop().inLoop();
    presence.atHome(channel, table -> table.count(channel, this, subscriptions));
  }

  /** A newcomer has been told that it is there. */
  void announce(Channel channel, Seat seat) {
    assert shard.loop().inLoop();
    presence.atHome(channel, table -> table.announce(channel, seat));
  }

  // What the rosters tell, in order. -------------------------------------------------------------

  void post(Runnable task) {
    shard.loop().execute(task);
  }

  void install(Channel channel, List<Member> members) {
    assert shard.loop().inLoop();
    Map<String, Member> all = LinkedHashMap.newLinkedHashMap(members.size());
    members.forEach(member -> all.put(member.id(), member));
    told.put(channel, all);
  }

  void forget(Channel channel) {
    assert shard.loop().inLoop();
    told.remove(channel);
  }

  void added(Channel channel, Member member) {
    assert shard.loop().inLoop();
    Map<String, Member> members = told.get(channel);
    if (members != null && members.putIfAbsent(member.id(), member) == null && listener != null) {
      listener.onJoined(channel, member);
    }
  }

  void removed(Channel channel, String memberId) {
    assert shard.loop().inLoop();
    Map<String, Member> members = told.get(channel);
    Member gone = members == null ? null : members.remove(memberId);
    if (gone != null && listener != null) {
      listener.onLeft(channel, gone);
    }
  }

  void counted(Channel channel, int subscriptions) {
    assert shard.loop().inLoop();
    if (listener != null) {
      listener.onCount(channel, subscriptions);
    }
  }
}
