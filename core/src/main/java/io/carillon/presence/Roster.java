package io.carillon.presence;

import io.carillon.cluster.Member;
import io.carillon.cluster.Share;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One channel's subscriptions and members: those of this node, and those of other nodes as they
 * were when this node last looked at them. Owned by the channel's home loop; shards are known by
 * their numbers.
 */
final class Roster {

  /** Subscriptions by shard; each shard reports its own number whenever it changes. */
  private final int[] subscriptions;

  /** How many connections of a shard follow the members. */
  private final int[] followers;

  /** The members on this node, in the order in which they came. */
  private final Map<String, Seat> seats = new LinkedHashMap<>();

  /** The share of other nodes. */
  private Share others = Share.NONE;

  /** How many members are on this node and on others. */
  private int shared;

  Roster(int shards) {
    this.subscriptions = new int[shards];
    this.followers = new int[shards];
  }

  void count(int shard, int count) {
    subscriptions[shard] = count;
  }

  boolean hasSubscriptions(int shard) {
    return subscriptions[shard] > 0;
  }

  /** The subscriptions on this node. */
  int ownSubscriptions() {
    return sum(subscriptions);
  }

  /** The subscriptions on all nodes. */
  int subscriptions() {
    return ownSubscriptions() + others.subscriptions();
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  /** Adds a follower of a shard; true if it is the shard's first. */
  boolean follow(int shard) {
    return followers[shard]++ == 0;
  }

  /** Removes a follower of a shard; true if it was the shard's last. */
  boolean unfollow(int shard) {
    return --followers[shard] == 0;
  }

  boolean isFollowedBy(int shard) {
    return followers[shard] > 0;
  }

  Share others() {
    return others;
  }

  /** Other nodes hold this from now on. */
  void setOthers(Share share) {
    others = share;
    shared = 0;
    for (String id : seats.keySet()) {
      if (isElsewhere(id)) {
        shared++;
      }
    }
  }

  /** Whether another node has this member. */
  boolean isElsewhere(String id) {
    return others.members().containsKey(id);
  }

  /** One more connection of a member to this node. */
  Seat join(Member member) {
    Seat seat = seats.get(member.id());
    if (seat == null) {
      seat = new Seat(member);
      seats.put(member.id(), seat);
      shared += isElsewhere(member.id()) ? 1 : 0;
    }
    seat.sitDown();
    return seat;
  }

  /** One less; the seat if it was the member's last connection to this node, else null. */
  @Nullable Seat leave(String id) {
    Seat seat = seats.get(id);
    if (seat == null || !seat.standUp()) {
      return null;
    }
    seats.remove(id);
    shared -= isElsewhere(id) ? 1 : 0;
    return seat;
  }

  /** The member's place on this node; null if it has none. */
  @Nullable Seat seat(String id) {
    return seats.get(id);
  }

  /** Whether a member still has exactly this seat. */
  @SuppressWarnings("ReferenceEquality") // The same member may have left and joined again.
  boolean has(Seat seat) {
    return seats.get(seat.member().id()) == seat;
  }

  /** Whether a member is on this node or on another one. */
  boolean has(String id) {
    return seats.containsKey(id) || isElsewhere(id);
  }

  /** How many members there are on all nodes. */
  int size() {
    return seats.size() + others.members().size() - shared;
  }

  /** How much the channel is in use on all nodes. */
  Occupancy occupancy() {
    return new Occupancy(subscriptions(), size());
  }

  /** The members on all nodes: first those of this one, in the order in which they came. */
  Collection<String> ids() {
    Set<String> ids = new LinkedHashSet<>(seats.keySet());
    ids.addAll(others.members().keySet());
    return ids;
  }

  /**
   * The members about whom listeners were told, as a copy.
   *
   * @param own a seat that the list contains in any case; null for none
   */
  @SuppressWarnings("ReferenceEquality")
  List<Member> told(@Nullable Seat own) {
    Map<String, Member> elsewhere = new HashMap<>(others.members());
    List<Member> members = new ArrayList<>(size());
    for (Seat seat : seats.values()) {
      if (seat.isAnnounced() || seat == own) {
        members.add(seat.member());
        elsewhere.remove(seat.member().id());
      }
    }
    members.addAll(elsewhere.values());
    return members;
  }

  /** Whether this node has neither members nor subscriptions nor followers. */
  boolean isUnused() {
    return seats.isEmpty() && ownSubscriptions() == 0 && sum(followers) == 0;
  }
}
