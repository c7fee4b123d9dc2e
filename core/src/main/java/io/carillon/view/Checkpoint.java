package io.carillon.view;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the outside of the cluster was told of one channel. The node that tells keeps it in its
 * slice, so that another node can go on from there. Owned by one thread.
 */
public final class Checkpoint {

  private CheckpointHead head = CheckpointHead.NOTHING;
  private final Map<String, Told> members = new LinkedHashMap<>();

  /** How many members are in doubt. */
  private int doubts;

  public CheckpointHead head() {
    return head;
  }

  public void setHead(CheckpointHead next) {
    head = next;
  }

  /** Counts the reports about the channel; 0 when nothing was accepted yet. */
  public long number() {
    return head.number();
  }

  /** The members who were told as joined, or may have been; changes with the checkpoint. */
  public Map<String, Told> members() {
    return members;
  }

  /** Whether a member was told as joined. */
  public Told member(String id) {
    return members.getOrDefault(id, Told.NO);
  }

  /**
   * Sets whether a member was told as joined.
   *
   * @return what was set before
   */
  public Told setMember(String id, Told told) {
    Told put = told == Told.NO ? members.remove(id) : members.put(id, told);
    Told before = put == null ? Told.NO : put;
    doubts += (told == Told.MAYBE ? 1 : 0) - (before == Told.MAYBE ? 1 : 0);
    return before;
  }

  /** Whether something was being told when it was made, or nodes have told different things. */
  public boolean isInDoubt() {
    return doubts > 0
        || head.occupied() == Told.MAYBE
        || head.subscriptions() == CheckpointHead.IN_DOUBT;
  }

  /** Whether it says no more than having no checkpoint says. */
  public boolean isEmpty() {
    return head.occupied() == Told.NO && head.subscriptions() == 0 && members.isEmpty();
  }

  /** Takes a change in. */
  public void apply(CheckpointChange change) {
    head = change.head();
    change.members().forEach(this::setMember);
  }
}
