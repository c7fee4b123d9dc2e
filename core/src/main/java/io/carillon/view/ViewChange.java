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

  /** A member has joined on the node, or the member's info has changed there. */
  record Joined(Channel channel, Incarnation node, Member member) implements ViewChange {}

  /** A member that was on the node is no longer on it. */
  record Left(Channel channel, Incarnation node, String memberId) implements ViewChange {}
}
