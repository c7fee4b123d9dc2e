package io.carillon.view;

import io.carillon.message.Channel;

/**
 * Tells the other nodes of the cluster what this node holds of each channel, and reports what they
 * hold. A node is the only writer of its own slice of the view. No method blocks.
 *
 * <p>{@link #counted}, {@link #joined}, {@link #left}, {@link #follow} and {@link #unfollow} are
 * called on the channel's home loop, in the order of the changes.
 */
public interface ClusterView extends Tallies {

  /**
   * Registers the listener for changes of what other nodes hold. Called once, before any other
   * method.
   */
  void listen(ViewListener listener);

  /** This node's number of subscriptions has changed. */
  void counted(Channel channel, int subscriptions);

  /**
   * A member has joined on this node, or has a newer connection. The other nodes are told the
   * member's id and a mark of the info; only nodes that follow the channel get the info.
   *
   * @param order higher than that of the member's older connections, on whichever nodes they are
   */
  void joined(Channel channel, Member member, long order);

  /** The last connection of a member to this node has left the channel. */
  void left(Channel channel, String memberId);

  /**
   * Asks other nodes for the infos of the channel's members, those of now and those to come. The
   * infos come as {@link ViewChange.Informed}, without a bound on the time: an info may never come,
   * because its member or its node has gone.
   */
  void follow(Channel channel);

  /** Ends what {@link #follow} has begun. */
  void unfollow(Channel channel);

  /**
   * Whether this node's slice has room for one more member of this size. Any thread. Members that
   * join at the same moment may exceed the bound by what is under way.
   */
  boolean hasRoom(Member member);
}
