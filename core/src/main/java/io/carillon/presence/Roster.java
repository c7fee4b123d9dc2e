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

  /** A member, and how many connections it is there with. */
  private static final class Seat {
    private final Member member;
    private int connections;

    private Seat(Member member) {
      this.member = member;
    }
  }

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

  /** One more connection of a member; whether it is its first. */
  boolean join(Member member) {
    Seat seat = seats.computeIfAbsent(member.id(), id -> new Seat(member));
    return seat.connections++ == 0;
  }

  /** One less; the member if it was its last, else null. */
  @Nullable Member leave(String id) {
    Seat seat = seats.get(id);
    if (seat == null || --seat.connections > 0) {
      return null;
    }
    seats.remove(id);
    return seat.member;
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

  /** Everybody, in a copy. */
  List<Member> members() {
    List<Member> members = new ArrayList<>(seats.size());
    seats.values().forEach(seat -> members.add(seat.member));
    return members;
  }

  /** Whether nobody needs to know anything of it any more. */
  boolean isUnused() {
    return seats.isEmpty() && subscriptions() == 0 && sum(followers) == 0;
  }
}
