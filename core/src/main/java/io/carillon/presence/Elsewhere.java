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

    Member member() {
      return new Member(mark.id(), info);
    }
  }

  private final Map<String, List<Holder>> holders = new HashMap<>();

  /** A member is on a node, or has a newer connection there; true if it was on none. */
  boolean join(Incarnation node, MemberMark member) {
    List<Holder> all = holders.computeIfAbsent(member.id(), _ -> new ArrayList<>(1));
    for (int i = 0; i < all.size(); i++) {
      Holder before = all.get(i);
      if (before.node.equals(node)) {
        boolean keeps = member.hasInfo();
        all.set(i, new Holder(node, member, keeps ? before.info : "", keeps ? before.infoMark : 0));
        return false;
      }
    }
    all.add(new Holder(node, member, "", 0));
    return all.size() == 1;
  }

  /** A member is no longer on a node; the member as it was if that was the last one, else null. */
  @Nullable Shown leave(Incarnation node, String id) {
    List<Holder> all = holders.get(id);
    if (all == null) {
      return null;
    }
    Shown before = shown(all);
    all.removeIf(holder -> holder.node.equals(node));
    if (!all.isEmpty()) {
      return null;
    }
    holders.remove(id);
    return before;
  }

  /** An info has come; ignored unless it is the one that the node has told of. */
  void inform(Incarnation node, String id, long mark, String info) {
    List<Holder> all = holders.get(id);
    if (all != null) {
      all.replaceAll(
          holder ->
              holder.node.equals(node) && holder.mark.mark() == mark
                  ? holder.with(info, mark)
                  : holder);
    }
  }

  /** Forgets all infos. */
  void forgetInfos() {
    holders.values().forEach(all -> all.replaceAll(it -> it.infoMark == 0 ? it : it.with("", 0)));
  }

  /** How many infos there are. */
  int infos() {
    return (int)
        holders.values().stream().flatMap(List::stream).filter(it -> it.infoMark != 0).count();
  }

  boolean has(String id) {
    return holders.containsKey(id);
  }

  /** The ids of the members; changes with this. */
  Set<String> ids() {
    return holders.keySet();
  }

  int size() {
    return holders.size();
  }

  boolean isEmpty() {
    return holders.isEmpty();
  }

  /** The mark of a member's newest connection; null if the member is on no node. */
  @Nullable MemberMark newest(String id) {
    List<Holder> all = holders.get(id);
    return all == null ? null : newest(all).mark;
  }

  private static Holder newest(List<Holder> all) {
    Holder newest = all.getFirst();
    for (Holder holder : all) {
      newest = holder.mark.isNewerThan(newest.mark) ? holder : newest;
    }
    return newest;
  }

  /** A member as its nodes show it; null if the member is on no node. */
  @Nullable Shown shown(String id) {
    List<Holder> all = holders.get(id);
    return all == null ? null : shown(all);
  }

  private static Shown shown(List<Holder> all) {
    Holder newest = newest(all);
    if (newest.isKnown() || newest.infoMark != 0) {
      return new Shown(newest.member(), newest.isKnown());
    }
    List<Holder> known = all.stream().filter(Holder::isKnown).toList();
    return new Shown(known.isEmpty() ? newest.member() : newest(known).member(), false);
  }
}
