package io.carillon.adapter.kit;

import io.carillon.message.Channel;
import java.time.Instant;
import java.util.Set;

/**
 * Channels that the broker no longer routes to this node, although nobody has unbound them.
 *
 * @param reason why, for people
 * @param channels at least one
 * @param from since when publications may have been missed, in publishers' time
 * @param to until when the link knows of that; the hub adds the time until the channels are back
 */
public record Unrouted(String reason, Set<Channel> channels, Instant from, Instant to) {

  public Unrouted {
    channels = Set.copyOf(channels);
  }
}
