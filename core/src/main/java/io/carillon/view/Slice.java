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

  /** What a checkpoint costs in memory beside its members, in bytes, roughly. */
  private static final int CHECKPOINT_OVERHEAD = 160;

  /** What a member of a checkpoint costs in memory beside its id, in bytes, roughly. */
  private static final int TOLD_OVERHEAD = 88;

  /** The node's part of one channel. */
  private static final class Part {
    private int subscriptions;
    private Map<String, MemberMark> members = Map.of();
    private @Nullable Checkpoint checkpoint;

    boolean isEmpty() {
      return subscriptions == 0 && members.isEmpty() && checkpoint == null;
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

  /** Sets what was told of a channel beside its members; no head drops all of it. */
  void checkpoint(Channel channel, CheckpointHead head) {
    Part part = partOf(channel);
    Checkpoint checkpoint = checkpointOf(part);
    digest += head.hash(~hash(channel)) - checkpoint.head().hash(~hash(channel));
    checkpoint.setHead(head);
    if (head.isNone()) {
      List.copyOf(checkpoint.members().keySet()).forEach(id -> tell(channel, id, Told.NO));
      part.checkpoint = null;
      bytes -= CHECKPOINT_OVERHEAD;
    }
    dropIfEmpty(channel, part);
  }

  private Checkpoint checkpointOf(Part part) {
    Checkpoint checkpoint = part.checkpoint;
    if (checkpoint == null) {
      checkpoint = new Checkpoint();
      checkpoint.setHead(CheckpointHead.NONE);
      part.checkpoint = checkpoint;
      bytes += CHECKPOINT_OVERHEAD;
    }
    return checkpoint;
  }

  /** Sets whether the outside was told that a member has joined; false if nothing has changed. */
  boolean tell(Channel channel, String memberId, Told told) {
    Part part = partOf(channel);
    Told before = checkpointOf(part).setMember(memberId, told);
    if (before == told) {
      return false;
    }
    digest += hash(channel, memberId, told) - hash(channel, memberId, before);
    bytes += sizeOf(memberId, told) - sizeOf(memberId, before);
    return true;
  }

  /** What was told of a channel; changes with the slice; null if nothing was. */
  @Nullable Checkpoint checkpoint(Channel channel) {
    Part part = parts.get(channel);
    return part == null ? null : part.checkpoint;
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

  private static int sizeOf(String memberId, Told told) {
    return told == Told.NO ? 0 : TOLD_OVERHEAD + 2 * memberId.length();
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

  /** How the checkpoints change when another slice takes this one's place. */
  List<CheckpointChange> checkpointsTo(Slice next) {
    List<CheckpointChange> changes = new ArrayList<>();
    parts.forEach(
        (channel, part) -> {
          if (part.checkpoint != null && next.checkpoint(channel) == null) {
            changes.add(CheckpointChange.dropped(channel));
          }
        });
    next.parts.forEach(
        (channel, part) -> {
          if (part.checkpoint != null) {
            changes.add(difference(channel, checkpoint(channel), part.checkpoint));
          }
        });
    return changes;
  }

  private static CheckpointChange difference(
      Channel channel, @Nullable Checkpoint before, Checkpoint now) {
    Map<String, Told> members = new HashMap<>(now.members());
    if (before != null) {
      before.members().keySet().forEach(id -> members.putIfAbsent(id, Told.NO));
    }
    return new CheckpointChange(channel, now.head(), members);
  }

  private static long hash(Channel channel, int subscriptions) {
    return subscriptions == 0 ? 0 : Digests.mixed(hash(channel) + subscriptions);
  }

  private static long hash(String tally, int count) {
    return count == 0 ? 0 : Digests.mixed(Digests.mixed(tally.hashCode()) + count);
  }

  private static long hash(Channel channel, MemberMark member) {
    long id = Digests.mixed(Digests.mixed(hash(channel)) ^ member.id().hashCode());
    return Digests.mixed(Digests.mixed(id + member.order()) ^ member.mark());
  }

  private static long hash(Channel channel, String memberId, Told told) {
    return told == Told.NO
        ? 0
        : Digests.mixed(Digests.mixed(told.code() - hash(channel)) ^ memberId.hashCode());
  }

  private static long hash(Channel channel) {
    return ((long) channel.app().hashCode() << 32) ^ channel.name().hashCode();
  }
}
