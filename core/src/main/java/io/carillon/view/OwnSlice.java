package io.carillon.view;

import io.carillon.membership.Heartbeat.SliceMark;
import io.carillon.message.Channel;
import io.carillon.message.Payload;
import io.carillon.message.PayloadWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this node holds, with the infos of its members, and the changes that the other nodes were
 * not told yet. Changes of one thing between two deltas are told once. Owned by the cluster's loop.
 */
final class OwnSlice {

  /** A delta is sent when it has this many bytes, so that it fits into a control message. */
  private static final int FULL_DELTA = 24 << 10;

  /** What an info costs in memory beside its text, in bytes, roughly. */
  private static final int INFO_OVERHEAD = 88;

  /** What has changed of a channel. */
  private static final class Changed {
    private boolean isCount;
    private boolean isCheckpoint;
    private final Set<String> toldIds = new LinkedHashSet<>();
    private final Set<String> memberIds = new LinkedHashSet<>();
  }

  private final Slice slice = new Slice();

  /** The infos that are not empty, by channel and member. */
  private final Map<Channel, Map<String, String>> infos = new HashMap<>();

  private long infoBytes;
  private final Map<Channel, Changed> changed = new LinkedHashMap<>();
  private final Set<String> changedTallies = new LinkedHashSet<>();
  private long version;

  /** Another number of subscriptions. */
  void count(Channel channel, int subscriptions) {
    if (slice.count(channel, subscriptions) != subscriptions) {
      changed(channel).isCount = true;
    }
  }

  /**
   * A member has joined, or has a newer connection.
   *
   * @param order see {@link MemberMark#order}
   */
  void put(Channel channel, Member member, long order) {
    MemberMark mark = MemberMark.of(member, order);
    if (!mark.equals(slice.put(channel, mark))) {
      changed(channel).memberIds.add(member.id());
    }
    removeInfo(channel, member.id());
    if (!member.info().isEmpty()) {
      infos.computeIfAbsent(channel, _ -> new HashMap<>()).put(member.id(), member.info());
      infoBytes += sizeOf(member.info());
    }
  }

  void remove(Channel channel, String memberId) {
    if (slice.remove(channel, memberId) != null) {
      changed(channel).memberIds.add(memberId);
    }
    removeInfo(channel, memberId);
  }

  private void removeInfo(Channel channel, String memberId) {
    infos.computeIfPresent(
        channel,
        (_, some) -> {
          String removed = some.remove(memberId);
          infoBytes -= removed == null ? 0 : sizeOf(removed);
          return some.isEmpty() ? null : some;
        });
  }

  /** The info of a member; empty if the member has none or is not here. */
  String info(Channel channel, String memberId) {
    return infos.getOrDefault(channel, Map.of()).getOrDefault(memberId, "");
  }

  /** The memory that the slice takes with the infos, in bytes, roughly. */
  long bytes() {
    return slice.bytes() + infoBytes;
  }

  /** The memory that a member takes, in bytes, roughly. */
  static int sizeOf(Member member) {
    return Slice.sizeOf(member.id()) + sizeOf(member.info());
  }

  private static int sizeOf(String info) {
    return info.isEmpty() ? 0 : INFO_OVERHEAD + 2 * info.length();
  }

  /** Its size, for people. */
  SliceReport report() {
    return slice.report(true, 0, infoBytes);
  }

  /** The outside was told something, or what it was told is of no interest any more. */
  void checkpoint(CheckpointChange change) {
    Channel channel = change.channel();
    Changed what = changed(channel);
    what.isCheckpoint = true;
    Checkpoint before = slice.checkpoint(channel);
    if (change.isDrop() && before != null) {
      what.toldIds.addAll(before.members().keySet());
    }
    change
        .members()
        .forEach(
            (id, told) -> {
              if (slice.tell(channel, id, told)) {
                what.toldIds.add(id);
              }
            });
    slice.checkpoint(channel, change.head());
  }

  void tally(String name, int count) {
    if (slice.tally(name, count) != count) {
      changedTallies.add(name);
    }
  }

  private Changed changed(Channel channel) {
    return changed.computeIfAbsent(channel, _ -> new Changed());
  }

  boolean hasChanged() {
    return !changed.isEmpty() || !changedTallies.isEmpty();
  }

  /** The messages that tell what has changed; from now on nothing has. */
  List<Payload> takeDeltas() {
    List<Payload> deltas = new ArrayList<>();
    PayloadWriter out = null;
    for (Map.Entry<Channel, Changed> entry : changed.entrySet()) {
      Channel channel = entry.getKey();
      if (entry.getValue().isCount) {
        out = room(out, deltas);
        SliceEntries.writeCount(out, channel, slice.subscriptions(channel));
      }
      for (String id : entry.getValue().memberIds) {
        out = room(out, deltas);
        MemberMark member = slice.member(channel, id);
        if (member == null) {
          SliceEntries.writeNoMember(out, channel, id);
        } else {
          SliceEntries.writeMember(out, channel, member);
        }
      }
      Checkpoint told = slice.checkpoint(channel);
      for (String id : entry.getValue().toldIds) {
        out = room(out, deltas);
        SliceEntries.writeTold(out, channel, id, told == null ? Told.NO : told.member(id));
      }
      if (entry.getValue().isCheckpoint) {
        out = room(out, deltas);
        SliceEntries.writeCheckpoint(
            out, channel, told == null ? CheckpointHead.NONE : told.head());
      }
    }
    for (String name : changedTallies) {
      out = room(out, deltas);
      SliceEntries.writeTally(out, name, slice.tally(name));
    }
    if (out != null) {
      deltas.add(out.payload());
    }
    changed.clear();
    changedTallies.clear();
    return deltas;
  }

  /** The delta that the next entry belongs to. */
  private PayloadWriter room(@Nullable PayloadWriter open, List<Payload> full) {
    if (open != null && open.size() < FULL_DELTA) {
      return open;
    }
    if (open != null) {
      full.add(open.payload());
    }
    version++;
    return new PayloadWriter().i64(version);
  }

  SliceMark mark() {
    return new SliceMark(version, slice.digest());
  }

  Slice slice() {
    return slice;
  }
}
