package io.carillon.view;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one node holds, as all nodes know it: the number of subscriptions and the members of each
 * channel, without their infos, and its tallies. It keeps a digest and a size that cost nothing to
 * ask. Owned by one thread.
 */
final class Slice {

  /** What a channel costs in memory beside its name, in bytes, roughly. */
  private static final int CHANNEL_OVERHEAD = 160;

  /** What the table of a channel's members costs in memory with its first member, in bytes. */
  private static final int MEMBERS_OVERHEAD = 128;

  /** What a member costs in memory beside its id, in bytes, roughly. */
  private static final int MEMBER_OVERHEAD = 112;

  /** The node's part of one channel. */
  private static final class Part {
    private int subscriptions;
    private Map<String, MemberMark> members = Map.of();

    boolean isEmpty() {
      return subscriptions == 0 && members.isEmpty();
    }
  }

  private final Map<Channel, Part> parts = new HashMap<>();
  private final Map<String, Integer> tallies = new HashMap<>();
  private long digest;
  private long bytes;
  private long subscriptions;
  private int members;

  /** Sets a channel's number of subscriptions; returns the number before. */
  int count(Channel channel, int subscriptions) {
    Part part = partOf(channel);
    int before = part.subscriptions;
    digest += hash(channel, subscriptions) - hash(channel, before);
    this.subscriptions += subscriptions - before;
    part.subscriptions = subscriptions;
    dropIfEmpty(channel, part);
    return before;
  }

  /** Puts a member in; returns the member of this id that was there before. */
  @Nullable MemberMark put(Channel channel, MemberMark member) {
    Part part = partOf(channel);
    if (part.members.isEmpty()) {
      part.members = new LinkedHashMap<>();
      bytes += MEMBERS_OVERHEAD;
    }
    MemberMark before = part.members.put(member.id(), member);
    digest += hash(channel, member);
    if (before == null) {
      members++;
      bytes += sizeOf(member.id());
    } else {
      digest -= hash(channel, before);
    }
    return before;
  }

  /** Takes a member out; returns it if it was there. */
  @Nullable MemberMark remove(Channel channel, String memberId) {
    Part part = parts.get(channel);
    MemberMark removed =
        part == null || part.members.isEmpty() ? null : part.members.remove(memberId);
    if (part != null && removed != null) {
      members--;
      bytes -= sizeOf(memberId);
      digest -= hash(channel, removed);
      if (part.members.isEmpty()) {
        part.members = Map.of();
        bytes -= MEMBERS_OVERHEAD;
      }
      dropIfEmpty(channel, part);
    }
    return removed;
  }

  /** Sets a tally; returns the number before. */
  int tally(String name, int count) {
    Integer put = count == 0 ? tallies.remove(name) : tallies.put(name, count);
    int before = put == null ? 0 : put;
    digest += hash(name, count) - hash(name, before);
    return before;
  }

  int tally(String name) {
    return tallies.getOrDefault(name, 0);
  }

  /** The names of the tallies that are not 0; changes with the slice. */
  Set<String> tallies() {
    return tallies.keySet();
  }

  private Part partOf(Channel channel) {
    return parts.computeIfAbsent(
        channel,
        _ -> {
          bytes += sizeOf(channel);
          return new Part();
        });
  }

  private void dropIfEmpty(Channel channel, Part part) {
    if (part.isEmpty()) {
      parts.remove(channel);
      bytes -= sizeOf(channel);
    }
  }

  int subscriptions(Channel channel) {
    Part part = parts.get(channel);
    return part == null ? 0 : part.subscriptions;
  }

  @Nullable MemberMark member(Channel channel, String memberId) {
    Part part = parts.get(channel);
    return part == null ? null : part.members.get(memberId);
  }

  /** The ids of a channel's members; changes with the slice. */
  Set<String> memberIds(Channel channel) {
    Part part = parts.get(channel);
    return part == null ? Set.of() : part.members.keySet();
  }

  /** The channels that have anything; changes with the slice. */
  Set<Channel> channels() {
    return parts.keySet();
  }

  /** How many subscriptions all channels have together. */
  long subscriptions() {
    return subscriptions;
  }

  /** How many members all channels have together. */
  int members() {
    return members;
  }

  /**
   * Its size, for people.
   *
   * @param lag how many messages about it were not processed yet
   * @param infoBytes the memory that is taken beside the slice
   */
  SliceReport report(boolean isComplete, long lag, long infoBytes) {
    return new SliceReport(
        parts.size(), subscriptions, members, bytes + infoBytes, isComplete, lag);
  }

  /** The memory that the slice takes, in bytes, roughly. */
  long bytes() {
    return bytes;
  }

  /** Equal slices have equal digests, on all nodes. */
  long digest() {
    return digest;
  }

  /** The memory that a member takes, in bytes, roughly. */
  static int sizeOf(String memberId) {
    return MEMBER_OVERHEAD + 2 * memberId.length();
  }

  private static int sizeOf(Channel channel) {
    return CHANNEL_OVERHEAD + 2 * channel.name().length();
  }

  /**
   * What changes when another slice takes this one's place.
   *
   * @param node the node whose slices they are
   */
  List<ViewChange> changesTo(Slice next, Incarnation node) {
    List<ViewChange> changes = new ArrayList<>();
    for (Channel channel : parts.keySet()) {
      int difference = next.subscriptions(channel) - subscriptions(channel);
      if (difference != 0) {
        changes.add(new ViewChange.Counted(channel, difference));
      }
      for (String id : memberIds(channel)) {
        if (next.member(channel, id) == null) {
          changes.add(new ViewChange.Left(channel, node, id));
        }
      }
    }
    next.parts.forEach(
        (channel, part) -> {
          if (!parts.containsKey(channel) && part.subscriptions != 0) {
            changes.add(new ViewChange.Counted(channel, part.subscriptions));
          }
          for (MemberMark member : part.members.values()) {
            if (!member.equals(member(channel, member.id()))) {
              changes.add(new ViewChange.Joined(channel, node, member));
            }
          }
        });
    return changes;
  }

  private static long hash(Channel channel, int subscriptions) {
    return subscriptions == 0 ? 0 : mixed(hash(channel) + subscriptions);
  }

  private static long hash(String tally, int count) {
    return count == 0 ? 0 : mixed(mixed(tally.hashCode()) + count);
  }

  private static long hash(Channel channel, MemberMark member) {
    long id = mixed(mixed(hash(channel)) ^ member.id().hashCode());
    return mixed(mixed(id + member.order()) ^ member.mark());
  }

  private static long hash(Channel channel) {
    return ((long) channel.app().hashCode() << 32) ^ channel.name().hashCode();
  }

  /** Spreads the bits (the finalizer of SplitMix64). */
  private static long mixed(long bits) {
    long z = bits + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
