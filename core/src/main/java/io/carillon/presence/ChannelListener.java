package io.carillon.presence;

/**
 * Receives the events of channels. It is added before the node starts, at one of two places:
 *
 * <ul>
 *   <li>{@link Presence#listen}: receives all events of the channels that it asked for, on the home
 *       loop of each channel, so on different threads for different channels.
 *   <li>{@link ShardPresence#listen}: receives, on the shard's loop, {@link ChannelEvent.Joined}
 *       and {@link ChannelEvent.Left} of the channels that the shard follows, and {@link
 *       ChannelEvent.Counted} of the channels that have subscriptions on this shard. {@link
 *       ShardPresence#members} and the events that follow always add up to the channel's members.
 * </ul>
 *
 * <p>An exception is logged and does not affect the other listeners.
 */
@FunctionalInterface
public interface ChannelListener {

  /** Must not block. */
  void onEvent(ChannelEvent event);
}
