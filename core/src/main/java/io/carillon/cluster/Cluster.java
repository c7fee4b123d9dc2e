package io.carillon.cluster;

import io.carillon.message.Channel;
import java.util.Set;

/**
 * Tells the other nodes what this one holds of each channel, and knows what they hold. A node is
 * the only one that tells about its share. What concerns one channel is called on the channel's
 * home loop, in order; nothing blocks.
 */
public interface Cluster {

  /** This node's number of subscriptions has changed. */
  void counted(Channel channel, int subscriptions);

  /** A member is here who was not on this node before. */
  void joined(Channel channel, Member member);

  /** A member's last connection to this node has left. */
  void left(Channel channel, String memberId);

  /** What all other nodes hold of a channel, together. */
  Share others(Channel channel);

  /** The channels of an app that somebody is subscribed to on other nodes. Any thread. */
  Set<Channel> otherChannels(String app);
}
