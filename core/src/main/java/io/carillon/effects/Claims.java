package io.carillon.effects;

import io.carillon.message.Incarnation;
import io.carillon.view.Checkpoint;
import io.carillon.view.CheckpointChange;
import io.carillon.view.CheckpointHead;
import io.carillon.view.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one channel: this node's, those of other nodes that live, and those of nodes
 * that are gone, until another node has gone on from them. Owned by the channel's home loop.
 *
 * <p>While the nodes hear each other, one of them goes on from the other. After a partition two
 * nodes may have told the outside independently of each other. Where their checkpoints differ, the
 * outside may believe either.
 */
final class Claims {

  private static final long NOT_MERGED = -1;
  private static final long SPLIT = -2;

  private @Nullable Checkpoint own;

  /** Whether the others know this node's checkpoint. */
  private boolean isKept;

  /** The number of what was merged, until a report is told that no other node has told. */
  private long mergedNumber = NOT_MERGED;

  private final Map<Incarnation, Checkpoint> others = new HashMap<>(2);
  private final Map<Incarnation, Checkpoint> orphans = new HashMap<>(2);

  @Nullable Checkpoint own() {
    return own;
  }

  /** The others know this node's checkpoint, from now on. */
  void keep(Checkpoint checkpoint) {
    own = checkpoint;
    isKept = true;
    orphans.entrySet().removeIf(it -> covers(checkpoint, it.getKey(), it.getValue()));
  }

  boolean isKept() {
    return isKept;
  }

  void dropOwn() {
    own = null;
    isKept = false;
    mergedNumber = NOT_MERGED;
  }

  /** Another node has told something. */
  void change(Incarnation node, CheckpointChange change) {
    if (change.isDrop()) {
      others.remove(node);
      return;
    }
    Checkpoint checkpoint = others.computeIfAbsent(node, _ -> new Checkpoint());
    checkpoint.apply(change);
    orphans.remove(node);
    orphans.entrySet().removeIf(it -> covers(checkpoint, it.getKey(), it.getValue()));
  }

  /** A node is gone. */
  void orphan(Incarnation node) {
    Checkpoint lost = others.remove(node);
    if (lost != null && !lost.isEmpty()) {
      orphans.put(node, lost);
    }
  }

  /** Whether another node that lives has gone on from this node's checkpoint. */
  boolean isCovered(Incarnation self) {
    Checkpoint mine = own;
    return mine != null && others.values().stream().anyMatch(it -> covers(it, self, mine));
  }

  /** Whether this node has gone on from everything that others have told. */
  boolean isComplete() {
    return coversAll(others) && coversAll(orphans);
  }

  private boolean coversAll(Map<Incarnation, Checkpoint> checkpoints) {
    Checkpoint mine = own;
    return checkpoints.entrySet().stream()
        .allMatch(it -> mine != null && covers(mine, it.getKey(), it.getValue()));
  }

  /** Whether the only one to know what was told is this node, or a node that is gone. */
  boolean isAlone() {
    return own != null && !isKept && (others.isEmpty() || !orphans.isEmpty());
  }

  /** Whether no node that lives has gone on from a node that is gone. */
  boolean hasOrphans() {
    return !orphans.isEmpty();
  }

  /** Whether another node was telling something when it was last heard. */
  boolean isInDoubt() {
    return others.values().stream().anyMatch(Checkpoint::isInDoubt)
        || orphans.values().stream().anyMatch(Checkpoint::isInDoubt);
  }

  boolean isEmpty() {
    return own == null && others.isEmpty() && orphans.isEmpty();
  }

  private static boolean covers(Checkpoint checkpoint, Incarnation node, Checkpoint other) {
    return checkpoint.head().covers(node, other.number());
  }

  /**
   * Goes on from all checkpoints. This node's is then one that the others don't know. What they
   * don't agree about is in doubt.
   */
  void merge(Incarnation self) {
    Map<Incarnation, Checkpoint> all = new HashMap<>(others);
    all.putAll(orphans);
    Map<Incarnation, Long> covered = new HashMap<>();
    all.forEach((node, checkpoint) -> covered.put(node, checkpoint.number()));
    if (own != null && isKept) {
      all.put(self, own);
    }
    List<Checkpoint> valid = valid(all);
    if (valid.isEmpty()) {
      valid = List.copyOf(all.values()); // Each has gone on from another one.
    }
    boolean wasSplit = valid.size() > 1 && !hasHandedOver();
    long number = all.values().stream().mapToLong(Checkpoint::number).max().orElse(0);
    long serial = all.values().stream().mapToLong(it -> it.head().serial()).max().orElse(0);
    Checkpoint merged = new Checkpoint();
    Checkpoint first = valid.getFirst();
    first.members().forEach(merged::setMember);
    merged.setHead(
        new CheckpointHead(
            number, serial, first.head().occupied(), first.head().subscriptions(), covered));
    valid.stream().skip(1).forEach(next -> doubt(merged, next));
    if (wasSplit) {
      doubtAll(merged);
    }
    own = merged;
    isKept = false;
    mergedNumber = wasSplit ? SPLIT : number;
  }

  /**
   * The serial before the next report's. The node from which this one has gone on was perhaps
   * telling a report, and this node's next one has to be equal to it. Every later report begins
   * with a fresh serial: if the other node goes on as well, because the nodes don't hear each
   * other, none of their reports are equal by chance.
   *
   * @param fresh from the last serial to a higher one that no other node uses
   */
  long serialBeforeNext(LongUnaryOperator fresh) {
    if (own == null) {
      return fresh.applyAsLong(0);
    }
    long last = own.head().serial();
    boolean isOwn = mergedNumber == NOT_MERGED && last > 0;
    boolean mayRepeat = mergedNumber == own.number() && own.isInDoubt();
    if (isOwn || mayRepeat) {
      return last;
    }
    mergedNumber = NOT_MERGED;
    return fresh.applyAsLong(last);
  }

  /**
   * Whether each other node has told at most what was under way when this node went on from it. If
   * not, nodes that did not hear each other have told the outside about the channel.
   */
  private boolean hasHandedOver() {
    Checkpoint mine = own;
    return mine != null
        && others.entrySet().stream()
            .allMatch(it -> mine.head().covers(it.getKey(), it.getValue().number() - 1));
  }

  /** The outside may have taken a report of one node for a repeat of the other's. */
  private static void doubtAll(Checkpoint merged) {
    CheckpointHead head = merged.head();
    merged.setHead(
        new CheckpointHead(
            head.number(), head.serial(), Told.MAYBE, CheckpointHead.IN_DOUBT, head.covered()));
    List.copyOf(merged.members().keySet()).forEach(id -> merged.setMember(id, Told.MAYBE));
  }

  private static void doubt(Checkpoint merged, Checkpoint next) {
    CheckpointHead head = merged.head();
    merged.setHead(
        new CheckpointHead(
            head.number(),
            head.serial(),
            head.occupied() == next.head().occupied() ? head.occupied() : Told.MAYBE,
            head.subscriptions() == next.head().subscriptions()
                ? head.subscriptions()
                : CheckpointHead.IN_DOUBT,
            head.covered()));
    Set<String> ids = new HashSet<>(merged.members().keySet());
    ids.addAll(next.members().keySet());
    for (String id : ids) {
      if (merged.member(id) != next.member(id)) {
        merged.setMember(id, Told.MAYBE);
      }
    }
  }

  /** Those that no other one has gone on from. */
  private static List<Checkpoint> valid(Map<Incarnation, Checkpoint> all) {
    List<Checkpoint> valid = new ArrayList<>();
    all.forEach(
        (node, checkpoint) -> {
          if (all.values().stream().noneMatch(it -> covers(it, node, checkpoint))) {
            valid.add(checkpoint);
          }
        });
    return valid;
  }
}
