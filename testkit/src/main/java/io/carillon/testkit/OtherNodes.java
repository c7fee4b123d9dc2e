package io.carillon.testkit;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.view.ClusterView;
import io.carillon.view.Member;
import io.carillon.view.MemberMark;
import io.carillon.view.ViewChange;
import io.carillon.view.ViewListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A cluster view whose other nodes the test plays: their members and subscriptions come and go when
 * the test says so, and the view reports each change when the test says so, so that every
 * interleaving can be produced. It also fails the test when the node itself publishes nonsense,
 * such as a member who joins twice. For one thread.
 */
public final class OtherNodes implements ClusterView {

  private record Place(Channel channel, String memberId) {}

  /** An info that this node wants to know. */
  private record Question(Node node, Channel channel, String memberId) {}

  /** A member with its place in the order of all connections. */
  private record Ordered(Member member, long order) {
    MemberMark mark() {
      return MemberMark.of(member, order);
    }
  }

  private final Map<String, Node> nodes = new TreeMap<>();
  private final Map<Place, Ordered> ownMembers = new HashMap<>();
  private final Set<Channel> followed = new HashSet<>();
  private final Queue<Question> questions = new ArrayDeque<>();
  private final Map<Channel, Integer> ownCounts = new HashMap<>();
  private final Queue<Unreported> unreported = new ArrayDeque<>();
  private final Map<String, Others> tallies = new HashMap<>();
  private final Map<String, Integer> ownTallies = new HashMap<>();
  private final LongSupplier nanoClock;
  private @Nullable ViewListener listener;

  private record Unreported(List<ViewChange> changes, long sinceNanos) {}

  /**
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  public OtherNodes(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  private void changed(List<ViewChange> changes) {
    if (!changes.isEmpty()) {
      unreported.add(new Unreported(changes, nanoClock.getAsLong()));
    }
  }

  /** Another node of the cluster. */
  public final class Node {
    private final Incarnation incarnation;
    private final Map<Channel, Integer> counts = new TreeMap<>();
    private final Map<Channel, Map<String, Ordered>> members = new TreeMap<>();

    private Node(Incarnation incarnation) {
      this.incarnation = incarnation;
    }

    /** The node has this many subscriptions of a channel. */
    public void count(Channel channel, int subscriptions) {
      Integer before = counts.put(channel, subscriptions);
      int difference = subscriptions - (before == null ? 0 : before);
      if (difference != 0) {
        changed(List.of(new ViewChange.Counted(channel, difference)));
      }
    }

    /** The node has a member, or a newer connection of it with another info. */
    public void join(Channel channel, Member member) {
      Map<String, Ordered> there = members.computeIfAbsent(channel, c -> new LinkedHashMap<>());
      Ordered before = there.get(member.id());
      if (before == null || !before.member.equals(member)) {
        Ordered joined = new Ordered(member, newest(channel, member.id()) + 1);
        there.put(member.id(), joined);
        changed(List.of(new ViewChange.Joined(channel, incarnation, joined.mark())));
        ask(channel, joined.mark());
      }
    }

    private void ask(Channel channel, MemberMark member) {
      if (member.hasInfo() && followed.contains(channel)) {
        questions.add(new Question(this, channel, member.id()));
      }
    }

    /** The node has a member no longer. */
    public void leave(Channel channel, String memberId) {
      Map<String, Ordered> there = members.computeIfAbsent(channel, c -> new LinkedHashMap<>());
      if (there.remove(memberId) != null) {
        changed(List.of(new ViewChange.Left(channel, incarnation, memberId)));
      }
    }

    /** The node vanishes with everything that it has; it may come again. */
    public void die() {
      List<ViewChange> changes = new ArrayList<>();
      members.forEach(
          (channel, there) ->
              there
                  .keySet()
                  .forEach(id -> changes.add(new ViewChange.Left(channel, incarnation, id))));
      counts.forEach(
          (channel, count) -> {
            if (count != 0) {
              changes.add(new ViewChange.Counted(channel, -count));
            }
          });
      counts.clear();
      members.clear();
      changed(changes);
    }
  }

  /** The node of this name, which has nothing at first. */
  public Node node(String name) {
    return nodes.computeIfAbsent(name, n -> new Node(new Incarnation(nodes.size(), n.hashCode())));
  }

  /** Reports the oldest change that was not reported; false when there is none. */
  public boolean report() {
    Unreported next = unreported.poll();
    if (next != null && listener != null) {
      listener.onChanges(next.changes, next.sinceNanos);
    }
    return next != null;
  }

  /** Answers the oldest question about an info; the answer is reported later. */
  public boolean answer() {
    Question next = questions.poll();
    if (next == null) {
      return false;
    }
    Ordered member = next.node.members.getOrDefault(next.channel, Map.of()).get(next.memberId);
    if (member != null) {
      changed(
          List.of(
              new ViewChange.Informed(
                  next.channel,
                  next.node.incarnation,
                  next.memberId,
                  member.mark().mark(),
                  member.member.info())));
    }
    return true;
  }

  /** Answers and reports everything; false when there was nothing. */
  public boolean reportAll() {
    boolean any = false;
    while (report() || answer()) {
      any = true;
    }
    return any;
  }

  /** How many subscriptions of a channel this node has published. */
  public int ownCount(Channel channel) {
    return ownCounts.getOrDefault(channel, 0);
  }

  /** The members of a channel whom this node has published. */
  public Set<String> ownMembers(Channel channel) {
    Set<String> ids = new TreeSet<>();
    for (Place place : ownMembers.keySet()) {
      if (place.channel.equals(channel)) {
        ids.add(place.memberId);
      }
    }
    return ids;
  }

  @Override
  public void listen(ViewListener somebody) {
    listener = somebody;
  }

  @Override
  public void counted(Channel channel, int subscriptions) {
    Integer before = ownCounts.put(channel, subscriptions);
    if (subscriptions == (before == null ? 0 : before)) {
      throw new AssertionError(channel + " was counted twice with " + subscriptions);
    }
  }

  @Override
  public void joined(Channel channel, Member member, long order) {
    Ordered joined = new Ordered(member, order);
    if (joined.equals(ownMembers.put(new Place(channel, member.id()), joined))) {
      throw new AssertionError(member.id() + " has joined " + channel + " twice");
    }
  }

  @Override
  public void left(Channel channel, String memberId) {
    if (ownMembers.remove(new Place(channel, memberId)) == null) {
      throw new AssertionError(memberId + " has left " + channel + " and was never there");
    }
  }

  @Override
  public void follow(Channel channel) {
    if (!followed.add(channel)) {
      throw new AssertionError(channel + " is followed twice");
    }
    for (Node node : nodes.values()) {
      node.members
          .getOrDefault(channel, Map.of())
          .values()
          .forEach(member -> node.ask(channel, member.mark()));
    }
  }

  @Override
  public void unfollow(Channel channel) {
    if (!followed.remove(channel)) {
      throw new AssertionError(channel + " was not followed");
    }
  }

  /** The highest order of a member's connections; 0 if the member is on no node. */
  private long newest(Channel channel, String memberId) {
    return holders(channel, memberId).stream().mapToLong(Ordered::order).max().orElse(0);
  }

  private List<Ordered> holders(Channel channel, String memberId) {
    List<Ordered> holders = new ArrayList<>();
    Ordered own = ownMembers.get(new Place(channel, memberId));
    if (own != null) {
      holders.add(own);
    }
    for (Node node : nodes.values()) {
      Ordered there = node.members.getOrDefault(channel, Map.of()).get(memberId);
      if (there != null) {
        holders.add(there);
      }
    }
    return holders;
  }

  /** The infos of a channel's members on all nodes, as their newest connections have told them. */
  public Map<String, String> infos(Channel channel) {
    Set<String> ids = members(channel);
    ids.addAll(ownMembers(channel));
    Map<String, String> infos = new TreeMap<>();
    for (String id : ids) {
      Ordered newest = null;
      for (Ordered holder : holders(channel, id)) {
        newest = newest == null || holder.mark().isNewerThan(newest.mark()) ? holder : newest;
      }
      infos.put(id, newest == null ? "" : newest.member.info());
    }
    return infos;
  }

  /** The other nodes have counted this. */
  public void setTally(String name, Others counted) {
    tallies.put(name, counted);
  }

  /** What this node has counted. */
  public int ownTally(String name) {
    return ownTallies.getOrDefault(name, 0);
  }

  @Override
  public void tally(String name, IntSupplier count) {
    ownTallies.put(name, count.getAsInt());
  }

  @Override
  public Others others(String name) {
    return tallies.getOrDefault(name, Others.NONE);
  }

  @Override
  public boolean hasRoom(Member member) {
    return true;
  }

  /** How many subscriptions of a channel the other nodes have. */
  public int subscriptions(Channel channel) {
    return nodes.values().stream().mapToInt(n -> n.counts.getOrDefault(channel, 0)).sum();
  }

  /** The ids of a channel's members on the other nodes. */
  public Set<String> members(Channel channel) {
    Set<String> ids = new TreeSet<>();
    nodes.values().forEach(n -> ids.addAll(n.members.getOrDefault(channel, Map.of()).keySet()));
    return ids;
  }
}
