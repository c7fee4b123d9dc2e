package io.carillon.broker;

import io.carillon.message.Channel;

/**
 * A channel that nodes share with other programs: a message of the broker is the bare payload of
 * one publication, under a name that the other programs know.
 *
 * @param channel the channel of the nodes
 * @param name its name in the broker, as it is
 * @param maxBytes the longest message, in bytes; a longer one of another program is dropped
 */
public record PlainChannel(Channel channel, String name, int maxBytes) {

  public PlainChannel {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("plain name: \"\" (expected: at least one character)");
    }
    if (maxBytes < 1) {
      throw new IllegalArgumentException("max bytes: " + maxBytes + " (expected: at least 1)");
    }
  }
}
