package io.carillon.broker;

import io.carillon.message.Channel;
import java.time.Instant;
import java.util.Set;

/**
 * A span of time in which publications may have been missed.
 *
 * @param reason why, in a few words
 * @param channels the affected channels; empty if it may be any
 * @param from the beginning
 * @param to the end
 */
public record Gap(String reason, Set<Channel> channels, Instant from, Instant to) {
  public Gap {
    channels = Set.copyOf(channels);
  }
}
