package io.carillon.presence;

import io.carillon.message.Incarnation;
import io.carillon.view.Member;
import io.carillon.view.MemberMark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A channel's members on other nodes, with the infos that have come so far. Infos come only while
 * the channel is followed. Owned by the channel's home loop.
 */
final class Elsewhere {

  /**
   * A member on one node.
   *
   * @param mark what the node has told last
   * @param info the last info that has come from the node; empty for none
   * @param infoMark the mark of this info
   */
  private record Holder(Incarnation node, MemberMark mark, String info, long infoMark) {
    boolean isKnown() {
      return infoMark == mark.mark();
    }

    Holder with(String newer, long newerMark) {
      return new Holder(node, mark, newer, newerMark);
    }
  }

  /** A member on one or more nodes. */
  private static final class Entry {
    private final String id;
    private final List<Holder> holders = new ArrayList<>(1);

    /** Shown while no info of these holders is known: how the member was shown before. */
    private String lastInfo = "";

    Entry(String id) {
      this.id = id;
    }

    Holder newest() {
      return newestOf(holders);
    }

    Shown shown() {
      Holder newest = newest();
      if (newest.isKnown() || newest.infoMark != 0) {
        return new Shown(new Member(id, newest.info), newest.isKnown());
      }
      List<Holder> known = holders.stream().filter(Holder::isKnown).toList();
      return new Shown(new Member(id, known.isEmpty() ? lastInfo : newestOf(known).info), false);
    }

    private static Holder newestOf(List<Holder> holders) {
      Holder newest = holders.getFirst();
      for (Holder holder : holders) {
        newest = holder.mark.isNewerThan(newest.mark) ? holder : newest;
      }
      return newest;
    }
  }

  private final Map<String, Entry> entries = new HashMap<>();

  /** A member is on a node, or has a newer connection there; true if it was on none. */
  boolean join(Incarnation node, MemberMark member) {
    Entry entry = entries.computeIfAbsent(member.id(), Entry::new);
    for (int i = 0; i < entry.holders.size(); i++) {
      Holder before = entry.holders.get(i);
      if (before.node.equals(node)) {
        boolean keeps = member.hasInfo();
        entry.holders.set(
            i, new Holder(node, member, keeps ? before.info : "", keeps ? before.infoMark : 0));
        return false;
      }
    }
    entry.holders.add(new Holder(node, member, "", 0));
    return entry.holders.size() == 1;
  }

  /** A member is no longer on a node; the member as it was if that was the last one, else null. */
  @Nullable Shown leave(Incarnation node, String id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      return null;
    }
    Shown before = entry.shown();
    entry.holders.removeIf(holder -> holder.node.equals(node));
    if (!entry.holders.isEmpty()) {
      entry.lastInfo = before.member().info();
      return null;
    }
    entries.remove(id);
    return before;
  }

  /** An info has come; ignored unless it is the one that the node has told of. */
  void inform(Incarnation node, String id, long mark, String info) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.holders.replaceAll(
          holder ->
              holder.node.equals(node) && holder.mark.mark() == mark
                  ? holder.with(info, mark)
                  : holder);
    }
  }

  /** A member was shown so before, and is shown so again until an info has come. */
  void recall(Member before) {
    Entry entry = entries.get(before.id());
    if (entry != null) {
      entry.lastInfo = before.info();
    }
  }

  /** Forgets all infos. */
  void forgetInfos() {
    for (Entry entry : entries.values()) {
      entry.lastInfo = "";
      entry.holders.replaceAll(it -> it.infoMark == 0 ? it : it.with("", 0));
    }
  }

  /** How many members have an info. */
  int infos() {
    return (int)
        entries.values().stream()
            .filter(
                entry ->
                    !entry.lastInfo.isEmpty()
                        || entry.holders.stream().anyMatch(it -> it.infoMark != 0))
            .count();
  }

  boolean has(String id) {
    return entries.containsKey(id);
  }

  /** The ids of the members; changes with this. */
  Set<String> ids() {
    return entries.keySet();
  }

  int size() {
    return entries.size();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The mark of a member's newest connection; null if the member is on no node. */
  @Nullable MemberMark newest(String id) {
    Entry entry = entries.get(id);
    return entry == null ? null : entry.newest().mark;
  }

  /** A member as its nodes show it; null if the member is on no node. */
  @Nullable Shown shown(String id) {
    Entry entry = entries.get(id);
    return entry == null ? null : entry.shown();
  }
}
