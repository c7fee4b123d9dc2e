package io.carillon.presence;

import io.carillon.cluster.ClusterView;
import io.carillon.cluster.Member;
import io.carillon.cluster.Share;
import io.carillon.hub.Loop;
import io.carillon.message.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rosters whose home is one loop; only that loop calls this. It decides about the changes of a
 * channel, and {@link EventStream} reports them: a list of members that a shard gets and the events
 * that it gets afterwards always add up to a state of the roster.
 *
 * <p>A newcomer is answered first, and listeners are told when the answer has taken effect, so that
 * the reaction of clients reaches a newcomer that is already subscribed.
 *
 * <p><b>Other nodes.</b> The view is asked only in {@link #compare}, when it has reported a change
 * and when a roster begins. Everything else uses the answer that the roster has kept. So no shard
 * gets a member without an event about it, even if the view has already changed again.
 */
final class RosterTable {

  private final Loop loop;
  private final ClusterView view;
  private final Listeners listeners;
  private final EventStream events;
  private final int shards;

  /** By app, so that a look at one app's rosters doesn't cost the others. */
  private final Map<String, Map<Channel, Roster>> rosters = new HashMap<>();

  /**
   * @param loop the home loop
   * @param shards how many shards the node has
   */
  RosterTable(Loop loop, ClusterView view, Listeners listeners, EventStream events, int shards) {
    this.loop = loop;
    this.view = view;
    this.listeners = listeners;
    this.events = events;
    this.shards = shards;
  }

  void count(Channel channel, ShardPresence shard, int count) {
    assert loop.inLoop();
    Roster roster = rosterOf(channel);
    int ownBefore = roster.ownSubscriptions();
    int before = roster.subscriptions();
    roster.count(shard.number(), count);
    int own = roster.ownSubscriptions();
    if (own != ownBefore) {
      view.counted(channel, own);
    }
    events.counted(channel, roster, before); // Also unchanged: a subscriber may be new.
    dropIfUnused(channel, roster);
  }

  void join(
      Channel channel, ShardPresence shard, Member member, int maxMembers, JoinCallback callback) {
    assert loop.inLoop();
    Roster roster = rosterOf(channel);
    boolean isNew = !roster.has(member.id());
    if (isNew && roster.size() >= maxMembers) {
      dropIfUnused(channel, roster);
      shard.post(() -> callback.onOutcome(JoinOutcome.FULL));
      return;
    }
    Seat seat = roster.join(member);
    if (roster.isElsewhere(member.id()) && !seat.isAnnounced()) {
      publish(channel, seat); // Listeners know the member from another node.
    }
    Runnable know =
        follow(
            channel,
            shard,
            roster,
            seat,
            () -> shard.tell(new ChannelEvent.Joined(channel, member)));
    shard.post(
        () -> {
          know.run();
          callback.onOutcome(JoinOutcome.JOINED);
          if (isNew) {
            shard.announce(channel, seat);
          }
        });
  }

  /** Adds a follower of a shard; returns the messages that the shard has to get for it. */
  private static Runnable follow(
      Channel channel, ShardPresence shard, Roster roster, @Nullable Seat own, Runnable again) {
    if (!roster.follow(shard.number())) {
      return again;
    }
    List<Member> told = roster.told(own);
    return () -> shard.install(channel, told);
  }

  /** The newcomer is subscribed, so others may be told. */
  void announce(Channel channel, Seat seat) {
    assert loop.inLoop();
    Roster roster = find(channel);
    if (roster != null && roster.has(seat) && !seat.isAnnounced()) {
      announce(channel, roster, seat);
    }
  }

  private void announce(Channel channel, Roster roster, Seat seat) {
    publish(channel, seat);
    events.joined(channel, roster, seat.member());
  }

  /** Tells other nodes about a member of this one. */
  private void publish(Channel channel, Seat seat) {
    seat.setAnnounced();
    view.joined(channel, seat.member());
  }

  void leave(Channel channel, ShardPresence shard, String memberId) {
    assert loop.inLoop();
    Roster roster = rosterOf(channel);
    unfollow(channel, shard, roster);
    Seat left = roster.leave(memberId);
    if (left != null && left.isAnnounced()) {
      view.left(channel, memberId);
    }
    if (left != null && !roster.isElsewhere(memberId)) {
      if (left.isAnnounced()) {
        events.left(channel, roster, memberId);
      } else {
        events.withdrawn(channel, roster, memberId);
      }
    }
    dropIfUnused(channel, roster);
  }

  void watch(Channel channel, ShardPresence shard, Runnable callback) {
    assert loop.inLoop();
    Runnable know = follow(channel, shard, rosterOf(channel), null, () -> {});
    shard.post(
        () -> {
          know.run();
          callback.run();
        });
  }

  void unwatch(Channel channel, ShardPresence shard) {
    assert loop.inLoop();
    Roster roster = rosterOf(channel);
    unfollow(channel, shard, roster);
    dropIfUnused(channel, roster);
  }

  private static void unfollow(Channel channel, ShardPresence shard, Roster roster) {
    if (roster.unfollow(shard.number())) {
      shard.post(() -> shard.forget(channel));
    }
  }

  /** The view has reported that other nodes hold something else of a channel. */
  void onOthersChanged(Channel channel) {
    assert loop.inLoop();
    Roster roster = find(channel);
    if (roster != null) {
      compare(channel, roster);
    } else if (listeners.hear(channel.app())) {
      roster = rosterOf(channel);
    } else {
      return; // No shard of this node is interested in the channel.
    }
    dropIfUnused(channel, roster);
  }

  /**
   * Reports the difference between what other nodes hold now and what they held at the last look.
   */
  private void compare(Channel channel, Roster roster) {
    Share before = roster.others();
    Share now = view.others(channel);
    int subscriptionsBefore = roster.subscriptions();
    roster.setOthers(now);
    for (Member member : now.members().values()) {
      if (!before.members().containsKey(member.id())) {
        onCameElsewhere(channel, roster, member);
      }
    }
    for (String id : before.members().keySet()) {
      if (!roster.has(id)) {
        events.left(channel, roster, id);
      }
    }
    if (now.subscriptions() != before.subscriptions()) {
      events.counted(channel, roster, subscriptionsBefore);
    }
  }

  private void onCameElsewhere(Channel channel, Roster roster, Member member) {
    Seat seat = roster.seat(member.id());
    if (seat == null) {
      events.joined(channel, roster, member);
    } else if (!seat.isAnnounced()) {
      announce(channel, roster, seat);
    }
  }

  /** The app's channels that have subscribers. */
  Map<Channel, Occupancy> occupied(String app, String prefix) {
    assert loop.inLoop();
    Map<Channel, Occupancy> occupied = new HashMap<>();
    rosters
        .getOrDefault(app, Map.of())
        .forEach(
            (channel, roster) -> {
              if (channel.name().startsWith(prefix) && roster.subscriptions() > 0) {
                occupied.put(channel, roster.occupancy());
              }
            });
    return occupied;
  }

  Occupancy occupancy(Channel channel) {
    assert loop.inLoop();
    Roster roster = find(channel);
    if (roster == null) {
      Share others = view.others(channel);
      return new Occupancy(others.subscriptions(), others.members().size());
    }
    return roster.occupancy();
  }

  List<String> members(Channel channel) {
    assert loop.inLoop();
    Roster roster = find(channel);
    return List.copyOf(roster == null ? view.others(channel).members().keySet() : roster.ids());
  }

  private @Nullable Roster find(Channel channel) {
    return rosters.getOrDefault(channel.app(), Map.of()).get(channel);
  }

  /** A roster that begins now begins with what other nodes hold. */
  private Roster rosterOf(Channel channel) {
    Roster known = find(channel);
    if (known != null) {
      return known;
    }
    Roster roster = new Roster(shards);
    rosters.computeIfAbsent(channel.app(), a -> new HashMap<>()).put(channel, roster);
    compare(channel, roster);
    return roster;
  }

  /** For tests: how many rosters there are. */
  int size() {
    return rosters.values().stream().mapToInt(Map::size).sum();
  }

  /** A listener for channels of other nodes needs to know, too, that they end. */
  private void dropIfUnused(Channel channel, Roster roster) {
    boolean isHeard = !roster.others().isNothing() && listeners.hear(channel.app());
    if (roster.isUnused() && !isHeard) {
      rosters.computeIfPresent(
          channel.app(),
          (app, some) -> {
            some.remove(channel);
            return some.isEmpty() ? null : some;
          });
    }
  }
}
