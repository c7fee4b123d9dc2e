package io.carillon.view;

import java.util.function.IntSupplier;

/**
 * Numbers that each node counts for itself, and of which every node knows the sum: the connections
 * of an app, say. Any thread; no method blocks.
 */
public interface Tallies {

  /**
   * What the other nodes have counted together.
   *
   * @param certain by nodes that are heard
   * @param doubtful by nodes that are silent at this moment, and may be gone
   */
  record Others(int certain, int doubtful) {
    /** There are no other nodes, or they have counted nothing. */
    public static final Others NONE = new Others(0, 0);
  }

  /**
   * This node's number has changed.
   *
   * @param count is asked for the number, soon after this call, on another thread
   */
  void tally(String name, IntSupplier count);

  /** What the other nodes have told of their numbers so far. */
  Others others(String name);
}
