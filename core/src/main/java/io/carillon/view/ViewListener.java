package io.carillon.view;

import java.util.List;

/** Receives changes of what other nodes hold. */
@FunctionalInterface
public interface ViewListener {

  /**
   * Other nodes hold something else from now on. Changes of one channel come in the order in which
   * they happened to the view. Called by one thread at a time; does not block and does not call the
   * view.
   *
   * @param changes together they lead from one state of the view to the next
   * @param sinceNanos when the changes happened at the latest, on this node's monotonic clock: for
   *     a node that has fallen silent, when it was last heard
   */
  void onChanges(List<ViewChange> changes, long sinceNanos);
}
