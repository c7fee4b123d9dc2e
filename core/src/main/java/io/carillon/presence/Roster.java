package io.carillon.presence;

import io.carillon.cluster.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One channel's subscriptions and members on this node. Owned by the channel's home loop; shards
 * are known by their numbers.
 */
final class Roster {

  /** Subscriptions by shard, told anew by each whenever its own change. */
  private final int[] subscriptions;

  /** How many connections of a shard want to know who is here. */
  private final int[] followers;

  /** In the order in which they came. */
  private final Map<String, Seat> seats = new LinkedHashMap<>();

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

  int subscriptions() {
    return sum(subscriptions);
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  /** One more connection of a shard follows; whether it is the shard's first. */
  boolean follow(int shard) {
    return followers[shard]++ == 0;
  }

  /** One less; whether it was the shard's last. */
  boolean unfollow(int shard) {
    return --followers[shard] == 0;
  }

  boolean isFollowedBy(int shard) {
    return followers[shard] > 0;
  }

  /** One more connection of a member. */
  Seat join(Member member) {
    Seat seat = seats.computeIfAbsent(member.id(), id -> new Seat(member));
    seat.sitDown();
    return seat;
  }

  /** One less; the seat if it was its last, else null. */
  @Nullable Seat leave(String id) {
    Seat seat = seats.get(id);
    if (seat == null || !seat.standUp()) {
      return null;
    }
    seats.remove(id);
    return seat;
  }

  /** Whether somebody still has this very seat. */
  @SuppressWarnings("ReferenceEquality") // The same member may have left and come again.
  boolean has(Seat seat) {
    return seats.get(seat.member().id()) == seat;
  }

  boolean has(String id) {
    return seats.containsKey(id);
  }

  int size() {
    return seats.size();
  }

  Collection<String> ids() {
    return seats.keySet();
  }

  /**
   * Everybody of whom others were told, in a copy.
   *
   * @param own one who is in it in any case; null for nobody
   */
  @SuppressWarnings("ReferenceEquality")
  List<Member> members(@Nullable Seat own) {
    List<Member> members = new ArrayList<>(seats.size());
    for (Seat seat : seats.values()) {
      if (seat.isAnnounced() || seat == own) {
        members.add(seat.member());
      }
    }
    return members;
  }

  /** Whether nobody needs to know anything of it any more. */
  boolean isUnused() {
    return seats.isEmpty() && subscriptions() == 0 && sum(followers) == 0;
  }
}
