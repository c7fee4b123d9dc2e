package io.carillon.presence;

import io.carillon.hub.Loop;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.view.ClusterView;
import io.carillon.view.Member;
import io.carillon.view.ViewChange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rosters whose home is one loop; only that loop calls this. It decides about the changes of a
 * channel, and {@link EventStream} reports them: a list of members that a shard gets and the events
 * that it gets afterwards always add up to a state of the roster.
 *
 * <p>A newcomer is answered first, and listeners are told when the answer has taken effect, so that
 * the reaction of clients reaches a newcomer that is already subscribed.
 *
 * <p><b>Settling.</b> A member that has gone everywhere and a channel that has lost its last
 * subscription are told so only when they have not come back for the settle time, so that the
 * reload of a page is no event. Until then a list of members contains the member.
 */
final class RosterTable {

  private final Loop loop;
  private final ClusterView view;
  private final Listeners listeners;
  private final EventStream events;
  private final int shards;
  private final long settleNanos;
  private final LongSupplier nanoClock;
  private final Settling settling;

  /** By app, so that a look at one app's rosters doesn't cost the others. */
  private final Map<String, Map<Channel, Roster>> rosters = new HashMap<>();

  /**
   * @param loop the home loop
   * @param shards how many shards the node has
   * @param settle how long a member or a channel has to be gone
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  RosterTable(
      Loop loop,
      ClusterView view,
      Listeners listeners,
      EventStream events,
      int shards,
      Duration settle,
      LongSupplier nanoClock) {
    this.settleNanos = settle.toNanos();
    this.nanoClock = nanoClock;
    this.settling = new Settling(loop, nanoClock);
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
    counted(channel, roster, before, nanoClock.getAsLong());
    dropIfUnused(channel, roster);
  }

  /** Also called when nothing has changed, because a subscriber may be new. */
  private void counted(Channel channel, Roster roster, int before, long sinceNanos) {
    boolean isHeard = listeners.hear(channel.app());
    if (isHeard && roster.subscriptions() > 0 && !roster.isOccupied()) {
      roster.setOccupied(true);
      events.occupied(channel);
    }
    events.counted(channel, roster, before);
    if (before > 0 && roster.subscriptions() == 0 && roster.isOccupied()) {
      long vacancy = roster.beginVacancy();
      settling.at(
          sinceNanos + settleNanos,
          () -> {
            roster.settleVacancy(vacancy);
            vacate(channel, roster);
            dropIfUnused(channel, roster);
          });
    }
  }

  /** Tells that the channel is vacated, when it is time and all departures were told. */
  private void vacate(Channel channel, Roster roster) {
    if (roster.isVacated()) {
      roster.setOccupied(false);
      events.vacated(channel);
    }
  }

  void join(
      Channel channel, ShardPresence shard, Member member, int maxMembers, JoinCallback callback) {
    assert loop.inLoop();
    Roster roster = rosterOf(channel);
    boolean isNew = !roster.has(member.id());
    boolean isFull = isNew && roster.size() >= maxMembers;
    if (isFull || (isNew && !view.hasRoom(member))) {
      dropIfUnused(channel, roster);
      shard.post(() -> callback.onOutcome(isFull ? JoinOutcome.FULL : JoinOutcome.NO_ROOM));
      return;
    }
    boolean isKnown = roster.endDeparture(member.id()) || roster.isElsewhere(member.id());
    Seat seat = roster.join(member);
    if (isKnown && !seat.isAnnounced()) {
      publish(channel, seat); // Listeners were told of the member, and not of its end.
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
        depart(channel, roster, left.member(), nanoClock.getAsLong());
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

  /** The member is on no node any more. */
  private void depart(Channel channel, Roster roster, Member member, long sinceNanos) {
    if (!roster.isFollowed() && !listeners.hear(channel.app())) {
      return; // Nobody was told of the member.
    }
    roster.beginDeparture(member);
    settling.at(
        sinceNanos + settleNanos,
        () -> {
          if (roster.isDeparting(member)) {
            roster.endDeparture(member.id());
            events.left(channel, roster, member.id());
            vacate(channel, roster);
            dropIfUnused(channel, roster);
          }
        });
  }

  /**
   * Another node holds something else of a channel.
   *
   * @param sinceNanos for how long
   */
  void onChange(ViewChange change, long sinceNanos) {
    assert loop.inLoop();
    Channel channel = change.channel();
    Roster roster = rosterOf(channel);
    switch (change) {
      case ViewChange.Counted(Channel _, int difference) -> {
        int before = roster.subscriptions();
        roster.countOthers(difference);
        counted(channel, roster, before, sinceNanos);
      }
      case ViewChange.Joined(Channel _, Incarnation node, Member member) -> {
        if (roster.joinElsewhere(node, member) && !roster.endDeparture(member.id())) {
          onCameElsewhere(channel, roster, member);
        }
      }
      case ViewChange.Left(Channel _, Incarnation node, String memberId) -> {
        Member last = roster.leaveElsewhere(node, memberId);
        if (last != null && !roster.has(memberId)) {
          depart(channel, roster, last, sinceNanos);
        }
      }
    }
    dropIfUnused(channel, roster);
  }

  private void onCameElsewhere(Channel channel, Roster roster, Member member) {
    Seat seat = roster.seat(member.id());
    if (seat == null) {
      events.joined(channel, roster, member);
    } else if (!seat.isAnnounced()) {
      announce(channel, roster, seat);
    }
  }

  /** The app's channels of which something is known here. */
  Map<Channel, Occupancy> occupancies(String app, String prefix) {
    assert loop.inLoop();
    Map<Channel, Occupancy> occupancies = new HashMap<>();
    rosters
        .getOrDefault(app, Map.of())
        .forEach(
            (channel, roster) -> {
              if (channel.name().startsWith(prefix)) {
                occupancies.put(channel, roster.occupancy());
              }
            });
    return occupancies;
  }

  Occupancy occupancy(Channel channel) {
    assert loop.inLoop();
    Roster roster = find(channel);
    return roster == null ? Occupancy.NONE : roster.occupancy();
  }

  List<String> members(Channel channel) {
    assert loop.inLoop();
    Roster roster = find(channel);
    return roster == null ? List.of() : List.copyOf(roster.ids());
  }

  private @Nullable Roster find(Channel channel) {
    return rosters.getOrDefault(channel.app(), Map.of()).get(channel);
  }

  private Roster rosterOf(Channel channel) {
    Roster known = find(channel);
    if (known != null) {
      return known;
    }
    Roster roster = new Roster(shards);
    rosters.computeIfAbsent(channel.app(), a -> new HashMap<>()).put(channel, roster);
    return roster;
  }

  /** For tests: how many rosters there are. */
  int size() {
    return rosters.values().stream().mapToInt(Map::size).sum();
  }

  private void dropIfUnused(Channel channel, Roster roster) {
    if (roster.isUnused()) {
      rosters.computeIfPresent(
          channel.app(),
          (app, some) -> {
            some.remove(channel, roster);
            return some.isEmpty() ? null : some;
          });
    }
  }
}
