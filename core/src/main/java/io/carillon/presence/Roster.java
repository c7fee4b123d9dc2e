package io.carillon.presence;

import io.carillon.message.Incarnation;
import io.carillon.view.Member;
import io.carillon.view.MemberMark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One channel's subscriptions and members, on this node and on others. Owned by the channel's home
 * loop; shards are known by their numbers.
 */
final class Roster {

  /** Subscriptions by shard; each shard reports its own number whenever it changes. */
  private final int[] subscriptions;

  private final Followers followers;

  /** The members on this node, in the order in which they came. */
  private final Map<String, Seat> seats = new LinkedHashMap<>();

  private final Elsewhere elsewhere = new Elsewhere();

  /** The members who have gone, and of whom nobody was told so yet. */
  private final Map<String, Shown> departing = new LinkedHashMap<>();

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
    this.followers = new Followers(shards);
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

  /** The followers of the members on this node. */
  Followers followers() {
    return followers;
  }

  // Members. --------------------------------------------------------------------------------------

  /** One more connection of a member to this node. */
  Seat join(Member member) {
    Seat seat = seats.get(member.id());
    MemberMark newest = elsewhere.newest(member.id());
    long order = newest == null ? 0 : newest.order();
    if (seat == null) {
      seat = new Seat(member, order);
      seats.put(member.id(), seat);
      shared += newest == null ? 0 : 1;
    }
    seat.sitDown(member, order);
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
    recall(seat.member());
    return seat;
  }

  /** A member is on another node, or has a newer connection there; true if it was on none. */
  boolean joinElsewhere(Incarnation node, MemberMark member) {
    boolean isFirst = elsewhere.join(node, member);
    shared += isFirst && seats.containsKey(member.id()) ? 1 : 0;
    return isFirst;
  }

  /** A member is no longer on another node; as it was if that was the last one, else null. */
  @Nullable Shown leaveElsewhere(Incarnation node, String id) {
    Shown last = elsewhere.leave(node, id);
    shared -= last != null && seats.containsKey(id) ? 1 : 0;
    return last;
  }

  /** If the member is on other nodes, it is shown as before until their infos have come. */
  private void recall(Member member) {
    if (!followers.isEmpty()) {
      elsewhere.recall(member);
    }
  }

  /** The members on other nodes. */
  Elsewhere elsewhere() {
    return elsewhere;
  }

  /** Whether another node has this member. */
  boolean isElsewhere(String id) {
    return elsewhere.has(id);
  }

  /** A member who is here or on another node, as its newest connection has told it. */
  Shown shown(String id) {
    Seat seat = seats.get(id);
    Shown other = elsewhere.shown(id);
    if (other == null) {
      return new Shown(Objects.requireNonNull(seat).member(), true);
    }
    MemberMark newest = elsewhere.newest(id);
    boolean isNewest = seat != null && newest != null && !newest.isNewerThan(seat.mark());
    return seat != null && (isNewest || !other.isKnown())
        ? new Shown(seat.member(), isNewest)
        : other;
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
  void beginDeparture(Shown member) {
    departing.put(member.member().id(), member);
  }

  /** Ends a departure, because the member is back or its end was told; false if there is none. */
  boolean endDeparture(String id) {
    Shown departed = departing.remove(id);
    if (departed == null) {
      return false;
    }
    recall(departed.member());
    return true;
  }

  /** Whether exactly this departure has not ended. */
  @SuppressWarnings("ReferenceEquality") // The same member may have come and gone again.
  boolean isDeparting(Shown member) {
    return departing.get(member.member().id()) == member;
  }

  /** The members that are only on other nodes, and whose infos are not known here. */
  List<String> unknown() {
    return elsewhere.ids().stream()
        .filter(id -> !seats.containsKey(id) && !shown(id).isKnown())
        .toList();
  }

  /** The members who have gone without their infos having been known here. */
  List<String> unknownDeparting() {
    return departing.entrySet().stream()
        .filter(entry -> !entry.getValue().isKnown())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How much the channel is in use on all nodes. */
  Occupancy occupancy() {
    return new Occupancy(subscriptions(), size());
  }

  /** The members on all nodes: first those of this one, in the order in which they came. */
  Collection<String> ids() {
    Set<String> ids = new LinkedHashSet<>(seats.keySet());
    ids.addAll(elsewhere.ids());
    return ids;
  }

  /**
   * The members about whom followers were told, as a copy.
   *
   * @param own a seat that the list contains in any case; null for none
   */
  @SuppressWarnings("ReferenceEquality")
  List<Member> told(@Nullable Seat own) {
    List<Member> members = new ArrayList<>(size() + departing.size());
    for (Seat seat : seats.values()) {
      if (seat.isAnnounced() || seat == own) {
        members.add(shown(seat.member().id()).member());
      }
    }
    for (String id : elsewhere.ids()) {
      if (!seats.containsKey(id) && !followers.isWithheld(id)) {
        members.add(shown(id).member());
      }
    }
    departing.forEach(
        (id, member) -> {
          if (!followers.isWithheld(id)) {
            members.add(member.member());
          }
        });
    return members;
  }

  /** What listeners were told. */
  ChannelState state() {
    Set<String> ids = LinkedHashSet.newLinkedHashSet(size() + departing.size());
    told(null).forEach(member -> ids.add(member.id()));
    return new ChannelState(isOccupied, subscriptions(), ids, Set.copyOf(departing.keySet()));
  }

  /** Whether nothing is known of the channel, and nothing is to be told of it. */
  boolean isUnused() {
    return seats.isEmpty()
        && elsewhere.isEmpty()
        && departing.isEmpty()
        && subscriptions() == 0
        && !isOccupied
        && followers.isEmpty();
  }
}
