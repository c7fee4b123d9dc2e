package io.carillon.presence;

import io.carillon.message.Incarnation;
import io.carillon.view.Member;
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
 * One channel's subscriptions and members, on this node and on others. Owned by the channel's home
 * loop; shards are known by their numbers.
 */
final class Roster {

  /** A member on another node. */
  private record Holder(Incarnation node, Member member) {}

  /** Subscriptions by shard; each shard reports its own number whenever it changes. */
  private final int[] subscriptions;

  /** How many connections of a shard follow the members. */
  private final int[] followers;

  /** The members on this node, in the order in which they came. */
  private final Map<String, Seat> seats = new LinkedHashMap<>();

  /** The members on other nodes, by id; the newest holder is the last. */
  private final Map<String, List<Holder>> elsewhere = new HashMap<>();

  /** The members who have gone, and of whom nobody was told so yet. */
  private final Map<String, Member> departing = new LinkedHashMap<>();

  /** The subscriptions on other nodes. */
  private int otherSubscriptions;

  /** How many members are on this node and on others. */
  private int shared;

  /** Whether listeners were told that the channel is occupied. */
  private boolean isOccupied;

  /** How often it has lost its last subscription. */
  private long vacancies;

  /** The vacancy that has lasted for the settle time. */
  private long settledVacancy;

  Roster(int shards) {
    this.subscriptions = new int[shards];
    this.followers = new int[shards];
  }

  // Subscriptions. --------------------------------------------------------------------------------

  void count(int shard, int count) {
    subscriptions[shard] = count;
  }

  /** Other nodes have this many more subscriptions; negative for fewer. */
  void countOthers(int difference) {
    otherSubscriptions += difference;
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
    return ownSubscriptions() + otherSubscriptions;
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  boolean isOccupied() {
    return isOccupied;
  }

  void setOccupied(boolean told) {
    isOccupied = told;
  }

  /** The channel has lost its last subscription; the result names this vacancy. */
  long beginVacancy() {
    return ++vacancies;
  }

  /** A vacancy has lasted for the settle time, unless it has ended. */
  void settleVacancy(long vacancy) {
    if (vacancy == vacancies) {
      settledVacancy = vacancy;
    }
  }

  /** Whether it is time to tell that the channel is vacated. */
  boolean isVacated() {
    return isOccupied && subscriptions() == 0 && settledVacancy == vacancies && departing.isEmpty();
  }

  // Followers. ------------------------------------------------------------------------------------

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

  boolean isFollowed() {
    return sum(followers) > 0;
  }

  // Members. --------------------------------------------------------------------------------------

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

  /** A member is on another node; true if it was on none. */
  boolean joinElsewhere(Incarnation node, Member member) {
    List<Holder> before = elsewhere.getOrDefault(member.id(), List.of());
    List<Holder> now = without(before, node);
    now.add(new Holder(node, member));
    elsewhere.put(member.id(), now);
    boolean isFirst = before.isEmpty();
    shared += isFirst && seats.containsKey(member.id()) ? 1 : 0;
    return isFirst;
  }

  /** A member is no longer on another node; the member if that was the last one, else null. */
  @Nullable Member leaveElsewhere(Incarnation node, String id) {
    List<Holder> before = elsewhere.getOrDefault(id, List.of());
    List<Holder> now = without(before, node);
    if (before.isEmpty() || !now.isEmpty()) {
      elsewhere.computeIfPresent(id, (_, _) -> now);
      return null;
    }
    elsewhere.remove(id);
    shared -= seats.containsKey(id) ? 1 : 0;
    return before.getLast().member();
  }

  private static List<Holder> without(List<Holder> holders, Incarnation node) {
    List<Holder> others = new ArrayList<>(1);
    for (Holder holder : holders) {
      if (!holder.node().equals(node)) {
        others.add(holder);
      }
    }
    return others;
  }

  /** Whether another node has this member. */
  boolean isElsewhere(String id) {
    return elsewhere.containsKey(id);
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
    return seats.size() + elsewhere.size() - shared;
  }

  /** A member has gone, and nobody is told so yet. */
  void beginDeparture(Member member) {
    departing.put(member.id(), member);
  }

  /** Ends a departure, because the member is back or because its end was told. */
  boolean endDeparture(String id) {
    return departing.remove(id) != null;
  }

  /** Whether exactly this departure has not ended. */
  @SuppressWarnings("ReferenceEquality") // The same member may have come and gone again.
  boolean isDeparting(Member member) {
    return departing.get(member.id()) == member;
  }

  /** How much the channel is in use on all nodes. */
  Occupancy occupancy() {
    return new Occupancy(subscriptions(), size());
  }

  /** The members on all nodes: first those of this one, in the order in which they came. */
  Collection<String> ids() {
    Set<String> ids = new LinkedHashSet<>(seats.keySet());
    ids.addAll(elsewhere.keySet());
    return ids;
  }

  /**
   * The members about whom listeners were told, as a copy.
   *
   * @param own a seat that the list contains in any case; null for none
   */
  @SuppressWarnings("ReferenceEquality")
  List<Member> told(@Nullable Seat own) {
    List<Member> members = new ArrayList<>(size() + departing.size());
    for (Seat seat : seats.values()) {
      if (seat.isAnnounced() || seat == own) {
        members.add(seat.member());
      }
    }
    elsewhere.forEach(
        (id, holders) -> {
          if (!seats.containsKey(id)) {
            members.add(holders.getLast().member());
          }
        });
    members.addAll(departing.values());
    return members;
  }

  /** Whether nothing is known of the channel, and nothing is to be told of it. */
  boolean isUnused() {
    return seats.isEmpty()
        && elsewhere.isEmpty()
        && departing.isEmpty()
        && subscriptions() == 0
        && !isOccupied
        && !isFollowed();
  }
}
