package io.carillon.presence;

import io.carillon.message.Channel;
import io.carillon.view.Member;

/**
 * A change of a channel, in the whole cluster as this node sees it. The channel's home loop is the
 * only thread that makes these events, and every listener receives those of one channel in the same
 * order.
 */
public sealed interface ChannelEvent {

  /** The channel that has changed. */
  Channel channel();

  /**
   * The channel has its first subscription. {@link Occupied} and {@link Vacated} of one channel
   * alternate, and {@link Occupied} comes first.
   */
  record Occupied(Channel channel) implements ChannelEvent {}

  /** The channel has lost its last subscription. */
  record Vacated(Channel channel) implements ChannelEvent {}

  /**
   * A member has joined the channel that was not in it before. {@link Joined} and {@link Left} of
   * one member alternate, and {@link Joined} comes first. A member's first connection may join
   * before the channel is occupied, and its last connection leaves before the channel is vacated.
   *
   * <p>The listeners of {@link ShardPresence} receive the event when the info of the member is
   * known. Those of {@link Presence} receive it at once: the info of a member of another node is
   * then empty in most cases.
   */
  record Joined(Channel channel, Member member) implements ChannelEvent {}

  /** The last connection of a member has left the channel, on whichever node it was. */
  record Left(Channel channel, String memberId) implements ChannelEvent {}

  /**
   * The channel has this many subscriptions. Changes within one turn of a loop are counted once. A
   * shard's listener may receive one number twice, because a new subscriber needs to be told it,
   * too.
   */
  record Counted(Channel channel, int subscriptions) implements ChannelEvent {}
}
