package io.carillon.presence;

import io.carillon.cluster.Cluster;
import io.carillon.cluster.Member;
import io.carillon.cluster.Share;
import io.carillon.hub.Loop;
import io.carillon.message.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rosters whose home is one loop; only that loop calls this. It tells the shards what changes,
 * and as one thread tells it and each shard hears what it is posted in order, what a shard was told
 * always adds up to what the roster was.
 *
 * <p>Who comes is answered first, and others are told when that has taken effect: what they do on
 * hearing it reaches a newcomer who is there already.
 */
final class RosterTable {

  private final Loop loop;
  private final Cluster cluster;
  private final Predicate<Channel> counted;
  private final List<ShardPresence> shards;

  /** By app, so that a look at one app's doesn't cost the others. */
  private final Map<String, Map<Channel, Roster>> rosters = new HashMap<>();

  /**
   * @param loop the home loop
   * @param counted whose subscribers want to know how many they are
   * @param shards all shards of the node; may still grow while the node is built
   */
  RosterTable(Loop loop, Cluster cluster, Predicate<Channel> counted, List<ShardPresence> shards) {
    this.loop = loop;
    this.cluster = cluster;
    this.counted = counted;
    this.shards = shards;
  }

  void count(Channel channel, ShardPresence shard, int count) {
    assert loop.inLoop();
    Roster roster = rosterOf(channel);
    int before = roster.subscriptions();
    roster.count(shard.number(), count);
    int now = roster.subscriptions();
    if (now != before) {
      cluster.counted(channel, now);
    }
    tellCount(channel, roster); // Also unchanged: somebody may be new.
    dropIfUnused(channel, roster);
  }

  private void tellCount(Channel channel, Roster roster) {
    if (!counted.test(channel)) {
      return;
    }
    int total = roster.subscriptions() + cluster.others(channel).subscriptions();
    for (ShardPresence shard : shards) {
      if (roster.hasSubscriptions(shard.number())) {
        shard.post(() -> shard.counted(channel, total));
      }
    }
  }

  void join(
      Channel channel, ShardPresence shard, Member member, int maxMembers, JoinCallback callback) {
    assert loop.inLoop();
    Roster roster = rosterOf(channel);
    Share others = cluster.others(channel);
    boolean here = roster.has(member.id());
    if (!here && !others.members().containsKey(member.id()) && size(roster, others) >= maxMembers) {
      dropIfUnused(channel, roster);
      shard.post(() -> callback.onOutcome(JoinOutcome.FULL));
      return;
    }
    Seat seat = roster.join(member);
    Runnable know = follow(channel, shard, roster, seat, () -> shard.added(channel, member));
    shard.post(
        () -> {
          know.run();
          callback.onOutcome(JoinOutcome.JOINED);
          if (!here) {
            shard.announce(channel, seat);
          }
        });
  }

  /** One more connection of a shard follows: what the shard has to be told for it. */
  private Runnable follow(
      Channel channel, ShardPresence shard, Roster roster, @Nullable Seat own, Runnable again) {
    if (!roster.follow(shard.number())) {
      return again;
    }
    List<Member> everybody = everybody(channel, roster, own);
    return () -> shard.install(channel, everybody);
  }

  /** The newcomer is there, so others may hear of it. */
  void announce(Channel channel, Seat seat) {
    assert loop.inLoop();
    Roster roster = find(channel);
    if (roster != null && roster.has(seat)) {
      seat.setAnnounced();
      cluster.joined(channel, seat.member());
      followers(roster).forEach(shard -> shard.post(() -> shard.added(channel, seat.member())));
    }
  }

  void leave(Channel channel, ShardPresence shard, String memberId) {
    assert loop.inLoop();
    Roster roster = rosterOf(channel);
    unfollow(channel, shard, roster);
    Seat left = roster.leave(memberId);
    if (left != null) {
      if (left.isAnnounced()) {
        cluster.left(channel, memberId);
      }
      followers(roster).forEach(s -> s.post(() -> s.removed(channel, memberId)));
    }
    dropIfUnused(channel, roster);
  }

  void watch(Channel channel, ShardPresence shard, Runnable callback) {
    assert loop.inLoop();
    Roster roster = rosterOf(channel);
    Runnable know = follow(channel, shard, roster, null, () -> {});
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

  private List<Member> everybody(Channel channel, Roster roster, @Nullable Seat own) {
    Map<String, Member> elsewhere = new HashMap<>(cluster.others(channel).members());
    List<Member> members = roster.members(own);
    members.forEach(member -> elsewhere.remove(member.id()));
    members.addAll(elsewhere.values());
    return members;
  }

  private List<ShardPresence> followers(Roster roster) {
    List<ShardPresence> followers = new ArrayList<>();
    for (ShardPresence shard : shards) {
      if (roster.isFollowedBy(shard.number())) {
        followers.add(shard);
      }
    }
    return followers;
  }

  /** The app's channels that somebody is in. */
  Map<Channel, Occupancy> occupied(String app, String prefix) {
    assert loop.inLoop();
    Map<Channel, Occupancy> occupied = new HashMap<>();
    for (Channel channel : rosters.getOrDefault(app, Map.of()).keySet()) {
      Occupancy occupancy = channel.name().startsWith(prefix) ? occupancy(channel) : Occupancy.NONE;
      if (occupancy.isOccupied()) {
        occupied.put(channel, occupancy);
      }
    }
    return occupied;
  }

  Occupancy occupancy(Channel channel) {
    assert loop.inLoop();
    Share others = cluster.others(channel);
    Roster roster = find(channel);
    return roster == null
        ? new Occupancy(others.subscriptions(), others.members().size())
        : new Occupancy(roster.subscriptions() + others.subscriptions(), size(roster, others));
  }

  List<String> members(Channel channel) {
    assert loop.inLoop();
    Roster roster = find(channel);
    Set<String> ids = new LinkedHashSet<>(roster == null ? List.of() : roster.ids());
    ids.addAll(cluster.others(channel).members().keySet());
    return List.copyOf(ids);
  }

  private static int size(Roster roster, Share others) {
    int elsewhere =
        Math.toIntExact(others.members().keySet().stream().filter(id -> !roster.has(id)).count());
    return roster.size() + elsewhere;
  }

  private Roster rosterOf(Channel channel) {
    return rosters
        .computeIfAbsent(channel.app(), app -> new HashMap<>())
        .computeIfAbsent(channel, c -> new Roster(shards.size()));
  }

  private @Nullable Roster find(Channel channel) {
    return rosters.getOrDefault(channel.app(), Map.of()).get(channel);
  }

  private void dropIfUnused(Channel channel, Roster roster) {
    if (roster.isUnused()) {
      rosters.computeIfPresent(
          channel.app(),
          (app, some) -> {
            some.remove(channel);
            return some.isEmpty() ? null : some;
          });
    }
  }
}
