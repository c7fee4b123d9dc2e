package io.carillon.cluster;

import io.carillon.message.Channel;
import java.util.Set;

/**
 * Publishes to the other nodes what this node holds of each channel, and knows what they hold. A
 * node is the only writer of its own share. No method blocks.
 *
 * <p>{@link #counted}, {@link #joined}, {@link #left} and {@link #others} are called on the
 * channel's home loop, in the order of the changes.
 */
public interface ClusterView {

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
   * What all other nodes together hold of a channel. An answer that differs from the one before is
   * followed by {@link ViewListener#onOthersChanged}, if that has not been called yet.
   */
  Share others(Channel channel);

  /** The channels of an app that have subscriptions on other nodes. Any thread. */
  Set<Channel> otherChannels(String app);
}
