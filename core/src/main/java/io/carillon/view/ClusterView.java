package io.carillon.view;

import io.carillon.message.Channel;

/**
 * Tells the other nodes of the cluster what this node holds of each channel, and reports what they
 * hold. A node is the only writer of its own slice of the view. No method blocks.
 *
 * <p>{@link #counted}, {@link #joined} and {@link #left} are called on the channel's home loop, in
 * the order of the changes.
 */
public interface ClusterView extends Tallies {

  /**
   * Registers the listener for changes of what other nodes hold. Called once, before any other
   * method.
   */
  void listen(ViewListener listener);

  /** This node's number of subscriptions has changed. */
  void counted(Channel channel, int subscriptions);

  /** A member has joined on this node that was not on it before. */
  void joined(Channel channel, Member member);

  /** The last connection of a member to this node has left the channel. */
  void left(Channel channel, String memberId);

  /**
   * Whether this node's slice has room for one more member of this size. Any thread. Members that
   * join at the same moment may exceed the bound by what is under way.
   */
  boolean hasRoom(Member member);
}
