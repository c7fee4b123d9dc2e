package io.carillon.presence;

import io.carillon.hub.Loop;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.view.ClusterView;
import io.carillon.view.Member;
import io.carillon.view.MemberMark;
import io.carillon.view.ViewChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
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
  private final Introductions introductions;

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
    this.introductions = new Introductions(view, events, settling, nanoClock);
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
    if (isFull || !hasRoom(roster, member)) {
      dropIfUnused(channel, roster);
      shard.post(() -> callback.onOutcome(isFull ? JoinOutcome.FULL : JoinOutcome.NO_ROOM));
      return;
    }
    boolean isReturn = isBack(channel, roster, member.id());
    Seat seat = sitDown(channel, roster, member);
    if ((isReturn || roster.isElsewhere(member.id())) && !seat.isAnnounced()) {
      publish(channel, seat); // Listeners were told of the member, and not of its end.
      introductions.onChanged(channel, roster, member.id());
    }
    introductions.follow(
        channel,
        roster,
        shard,
        seat,
        () -> {
          callback.onOutcome(JoinOutcome.JOINED);
          if (isNew) {
            shard.announce(channel, seat);
          }
        });
  }

  /** Whether a member was about to leave. A channel waits with its end for such members. */
  private boolean isBack(Channel channel, Roster roster, String memberId) {
    boolean isBack = roster.endDeparture(memberId);
    if (isBack) {
      vacate(channel, roster);
    }
    return isBack;
  }

  /** Whether this node can hold the member, or holds it already. */
  private boolean hasRoom(Roster roster, Member member) {
    Seat seat = roster.seat(member.id());
    return (seat != null && seat.member().equals(member)) || view.hasRoom(member);
  }

  /** One more connection of a member. It may have another info than those before it. */
  private Seat sitDown(Channel channel, Roster roster, Member member) {
    Seat before = roster.seat(member.id());
    MemberMark mark = before == null ? null : before.mark();
    Seat seat = roster.join(member);
    if (mark != null && !mark.equals(seat.mark())) {
      if (seat.isAnnounced()) {
        view.joined(channel, seat.member(), seat.mark().order());
      }
      introductions.onChanged(channel, roster, member.id());
    }
    return seat;
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
    view.joined(channel, seat.member(), seat.mark().order());
  }

  void leave(Channel channel, ShardPresence shard, String memberId) {
    assert loop.inLoop();
    Roster roster = rosterOf(channel);
    introductions.unfollow(channel, roster, shard);
    Seat left = roster.leave(memberId);
    if (left != null && left.isAnnounced()) {
      view.left(channel, memberId);
    }
    if (left != null && roster.isElsewhere(memberId)) {
      introductions.onChanged(channel, roster, memberId);
    } else if (left != null && left.isAnnounced()) {
      depart(channel, roster, new Shown(left.member(), true), nanoClock.getAsLong());
    } else if (left != null) {
      events.withdrawn(channel, roster, memberId);
    }
    dropIfUnused(channel, roster);
  }

  void watch(Channel channel, ShardPresence shard, Runnable callback) {
    assert loop.inLoop();
    introductions.follow(channel, rosterOf(channel), shard, null, callback);
  }

  void unwatch(Channel channel, ShardPresence shard) {
    assert loop.inLoop();
    Roster roster = rosterOf(channel);
    introductions.unfollow(channel, roster, shard);
    dropIfUnused(channel, roster);
  }

  /** The member is on no node any more. */
  private void depart(Channel channel, Roster roster, Shown member, long sinceNanos) {
    if (roster.followers().isEmpty() && !listeners.hear(channel.app())) {
      return; // Nobody was told of the member.
    }
    String id = member.member().id();
    roster.beginDeparture(member);
    settling.at(
        sinceNanos + settleNanos,
        () -> {
          if (roster.isDeparting(member)) {
            roster.endDeparture(id);
            introductions.onDeparted(roster, id);
            events.left(channel, roster, id);
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
      case ViewChange.Joined(Channel _, Incarnation node, MemberMark member) ->
          onJoinedElsewhere(channel, roster, node, member);
      case ViewChange.Left(Channel _, Incarnation node, String memberId) -> {
        Shown last = roster.leaveElsewhere(node, memberId);
        if (last != null && !roster.has(memberId)) {
          depart(channel, roster, last, sinceNanos);
        }
        introductions.onChanged(channel, roster, memberId);
      }
      case ViewChange.Informed(Channel _, Incarnation node, String id, long mark, String info) -> {
        if (!roster.followers().isEmpty()) {
          roster.elsewhere().inform(node, id, mark, info);
          introductions.onChanged(channel, roster, id);
        }
      }
    }
    dropIfUnused(channel, roster);
  }

  private void onJoinedElsewhere(
      Channel channel, Roster roster, Incarnation node, MemberMark member) {
    boolean isFirst = roster.joinElsewhere(node, member);
    Seat seat = roster.seat(member.id());
    if (isBack(channel, roster, member.id())) {
      introductions.onReturned(channel, roster, member.id());
    } else if (isFirst && seat == null) {
      events.heard(channel, roster.shown(member.id()).member());
      introductions.onCame(channel, roster, member.id());
    } else {
      if (seat != null && !seat.isAnnounced()) {
        announce(channel, roster, seat);
      }
      introductions.onChanged(channel, roster, member.id());
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

  /** What listeners were told of a channel so far. */
  ChannelState state(Channel channel) {
    assert loop.inLoop();
    Roster roster = find(channel);
    return roster == null ? ChannelState.NONE : roster.state();
  }

  /** The channels of some apps of which something is known here. */
  List<Channel> channels(Predicate<String> apps) {
    assert loop.inLoop();
    List<Channel> channels = new ArrayList<>();
    rosters.forEach(
        (app, some) -> {
          if (apps.test(app)) {
            channels.addAll(some.keySet());
          }
        });
    return channels;
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

  /** For tests: how many infos of other nodes' members the rosters have. */
  int infos() {
    return rosters.values().stream()
        .flatMap(some -> some.values().stream())
        .mapToInt(roster -> roster.elsewhere().infos())
        .sum();
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
