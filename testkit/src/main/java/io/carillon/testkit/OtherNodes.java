package io.carillon.testkit;

import io.carillon.cluster.ClusterView;
import io.carillon.cluster.Member;
import io.carillon.cluster.Share;
import io.carillon.cluster.ViewListener;
import io.carillon.message.Channel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A cluster view whose other nodes the test plays: their members and subscriptions come and go when
 * the test says so. The view answers with a change at once, and reports it when the test says so,
 * so that every interleaving can be produced. It also fails the test when the node itself publishes
 * nonsense, such as a member who joins twice. For one thread.
 */
public final class OtherNodes implements ClusterView {

  private record Place(Channel channel, String memberId) {}

  private final Map<String, Node> nodes = new TreeMap<>();
  private final Set<Place> ownMembers = new HashSet<>();
  private final Map<Channel, Integer> ownCounts = new HashMap<>();
  private final Queue<Channel> unreported = new ArrayDeque<>();
  private @Nullable ViewListener listener;

  /** Another node of the cluster. */
  public final class Node {
    private final Map<Channel, Integer> counts = new HashMap<>();
    private final Map<Channel, Map<String, Member>> members = new HashMap<>();

    private Node() {}

    /** The node has this many subscriptions of a channel. */
    public void count(Channel channel, int subscriptions) {
      counts.put(channel, subscriptions);
      unreported.add(channel);
    }

    /** The node has a member. */
    public void join(Channel channel, Member member) {
      members.computeIfAbsent(channel, c -> new LinkedHashMap<>()).put(member.id(), member);
      unreported.add(channel);
    }

    /** The node has a member no longer. */
    public void leave(Channel channel, String memberId) {
      members.computeIfAbsent(channel, c -> new LinkedHashMap<>()).remove(memberId);
      unreported.add(channel);
    }

    /** The node vanishes with everything that it has; it may come again. */
    public void die() {
      Set<Channel> channels = new TreeSet<>(counts.keySet());
      channels.addAll(members.keySet());
      counts.clear();
      members.clear();
      unreported.addAll(channels);
    }
  }

  /** The node of this name, which has nothing at first. */
  public Node node(String name) {
    return nodes.computeIfAbsent(name, n -> new Node());
  }

  /** Reports the oldest change that was not reported; false when there is none. */
  public boolean report() {
    Channel channel = unreported.poll();
    if (channel != null && listener != null) {
      listener.onOthersChanged(channel);
    }
    return channel != null;
  }

  /** Reports everything that was not reported; false when there was nothing. */
  public boolean reportAll() {
    boolean any = false;
    while (report()) {
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
    for (Place place : ownMembers) {
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
  public void joined(Channel channel, Member member) {
    if (!ownMembers.add(new Place(channel, member.id()))) {
      throw new AssertionError(member.id() + " has joined " + channel + " twice");
    }
  }

  @Override
  public void left(Channel channel, String memberId) {
    if (!ownMembers.remove(new Place(channel, memberId))) {
      throw new AssertionError(memberId + " has left " + channel + " and was never there");
    }
  }

  @Override
  public Share others(Channel channel) {
    int subscriptions = 0;
    Map<String, Member> members = new HashMap<>();
    for (Node node : nodes.values()) {
      subscriptions += node.counts.getOrDefault(channel, 0);
      node.members.getOrDefault(channel, Map.of()).forEach(members::putIfAbsent);
    }
    return new Share(subscriptions, members);
  }

  @Override
  public Set<Channel> otherChannels(String app) {
    Set<Channel> channels = new TreeSet<>();
    for (Node node : nodes.values()) {
      node.counts.forEach(
          (channel, count) -> {
            if (count > 0 && channel.app().equals(app)) {
              channels.add(channel);
            }
          });
    }
    return channels;
  }
}
