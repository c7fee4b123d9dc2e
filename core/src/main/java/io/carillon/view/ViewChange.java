package io.carillon.view;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;

/** A change of what one other node holds of one channel. */
public sealed interface ViewChange {

  /** The channel that has changed. */
  Channel channel();

  /**
   * The node has another number of subscriptions.
   *
   * @param difference how many more than before; negative for fewer; never 0
   */
  record Counted(Channel channel, int difference) implements ViewChange {}

  /** A member has joined on the node, or has a newer connection there. */
  record Joined(Channel channel, Incarnation node, MemberMark member) implements ViewChange {}

  /**
   * The node has told the info of a member, because this node follows the channel. Comes after the
   * member has joined there, and possibly after it has left.
   *
   * @param mark the mark of the info; see {@link MemberMark}
   */
  record Informed(Channel channel, Incarnation node, String memberId, long mark, String info)
      implements ViewChange {}

  /** A member that was on the node is no longer on it. */
  record Left(Channel channel, Incarnation node, String memberId) implements ViewChange {}
}
