package io.carillon.broker;

import io.carillon.message.Channel;
import java.time.Instant;
import java.util.Set;

/**
 * A stretch of time in which publications may have been missed.
 *
 * @param reason why, in a few words
 * @param channels the channels concerned; empty when it may be any
 * @param from since when
 * @param to until when
 */
public record Gap(String reason, Set<Channel> channels, Instant from, Instant to) {
  public Gap {
    channels = Set.copyOf(channels);
  }
}
