package io.carillon.effects;

import io.carillon.effects.Effect.Change;
import io.carillon.effects.Effect.Counted;
import io.carillon.effects.Effect.Joined;
import io.carillon.effects.Effect.Left;
import io.carillon.effects.Effect.Occupied;
import io.carillon.effects.Effect.Vacated;
import io.carillon.presence.ChannelState;
import io.carillon.view.Checkpoint;
import io.carillon.view.Told;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The changes of one channel that the listener was not asked to take yet, and the state that they
 * lead to. A change that leads nowhere is left out, so that joined and left always alternate. Owned
 * by the channel's home loop.
 */
final class PendingChanges {

  private final Deque<Remembered> changes = new ArrayDeque<>();

  /** Where the changes lead from. */
  private Checkpoint base = new Checkpoint();

  private Told occupied = Told.NO;
  private int subscriptions;

  /** The number before the last change, if that is a count. */
  private int subscriptionsBefore;

  /** The members about whom the end differs from the base. */
  private final Map<String, Told> members = new HashMap<>();

  /**
   * Begins anew, without changes. Where the outside may believe either, the next change is told,
   * whatever it is.
   */
  void reset(Checkpoint from) {
    changes.clear();
    members.clear();
    base = from;
    occupied = from.head().occupied();
    subscriptions = from.head().subscriptions();
  }

  /** Nothing is to be told until it is begun anew. */
  void clear() {
    reset(base);
  }

  /** The listener has taken the changes that were taken out last; the base contains them now. */
  void onAccepted(Checkpoint now) {
    base = now;
    members.entrySet().removeIf(entry -> entry.getValue() == now.member(entry.getKey()));
  }

  /**
   * Adds a change, unless it leads nowhere. A count takes the place of a count right before it.
   *
   * @return how many more changes there are now
   */
  int add(Remembered seen) {
    int before = subscriptions;
    if (!lead(seen.change())) {
      return 0;
    }
    Remembered last = changes.peekLast();
    if (!(seen.change() instanceof Counted)
        || last == null
        || !(last.change() instanceof Counted)) {
      subscriptionsBefore = before;
      changes.add(seen);
      return 1;
    }
    changes.removeLast();
    if (subscriptions == subscriptionsBefore) {
      return -1;
    }
    changes.add(seen);
    return 0;
  }

  private boolean lead(Change change) {
    switch (change) {
      case Occupied() -> {
        boolean isNew = occupied != Told.YES;
        occupied = Told.YES;
        return isNew;
      }
      case Vacated() -> {
        boolean isNew = occupied != Told.NO;
        occupied = Told.NO;
        return isNew;
      }
      case Counted(int now) -> {
        boolean isNew = now != subscriptions;
        subscriptions = now;
        return isNew;
      }
      case Joined(String id) -> {
        return move(id, Told.YES);
      }
      case Left(String id) -> {
        return move(id, Told.NO);
      }
    }
  }

  private boolean move(String id, Told now) {
    Told before = member(id);
    members.put(id, now);
    return before != now;
  }

  private Told member(String id) {
    return members.getOrDefault(id, base.member(id));
  }

  /**
   * The changes that lead from here to a state. What is about to end is left as it is: its end is a
   * change of its own.
   */
  List<Change> changesTo(ChannelState state, boolean isCounted) {
    List<Change> missing = new ArrayList<>();
    if (isMissing(occupied, state.isOccupied(), state.isInUse())) {
      missing.add(new Occupied());
    }
    if (isCounted && state.subscriptions() != subscriptions) {
      missing.add(new Counted(state.subscriptions()));
    }
    Set<String> ids = new HashSet<>(base.members().keySet());
    ids.addAll(members.keySet());
    ids.addAll(state.memberIds());
    for (String id : ids) {
      boolean isTold = state.memberIds().contains(id);
      if (isMissing(member(id), isTold, state.isPresent(id))) {
        missing.add(new Joined(id));
      } else if (member(id) != Told.NO && !isTold) {
        missing.add(new Left(id));
      }
    }
    if (occupied != Told.NO && !state.isOccupied()) {
      missing.add(new Vacated());
    }
    return missing;
  }

  /**
   * @param isTold whether it is told as being so inside of the cluster
   * @param isSo whether it is so, and not about to end
   */
  private static boolean isMissing(Told outside, boolean isTold, boolean isSo) {
    return switch (outside) {
      case NO -> isSo;
      case YES -> false;
      case MAYBE -> isTold;
    };
  }

  /**
   * Takes the next changes out.
   *
   * @return at most so many, and no two about one subject: were both told twice, the outside would
   *     take the second one for a repeat that has come out of order
   */
  List<Remembered> take(int max) {
    List<Remembered> taken = new ArrayList<>();
    Set<String> subjects = new HashSet<>();
    for (Remembered next = changes.peek();
        next != null && taken.size() < max && subjects.add(next.change().subject());
        next = changes.peek()) {
      taken.add(changes.remove());
    }
    return taken;
  }

  /** Puts changes back that the listener has not taken. */
  void putBack(List<Remembered> taken) {
    taken.reversed().forEach(changes::addFirst);
  }

  List<Remembered> all() {
    return List.copyOf(changes);
  }

  int size() {
    return changes.size();
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }
}
