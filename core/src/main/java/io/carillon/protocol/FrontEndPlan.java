package io.carillon.protocol;

import io.carillon.hub.LastPublications;
import io.carillon.message.Channel;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A front end that is configured and has no node yet. It says what the node has to know before its
 * hub is made, and then becomes a {@link FrontEnd}.
 */
public interface FrontEndPlan {

  /** What the hub is to remember for its channels; nothing where it remembers none. */
  default Optional<LastPublications> memory() {
    return Optional.empty();
  }

  /**
   * Whether a channel is closed to everybody who doesn't come by this front end, whatever another
   * one permits. Any thread.
   */
  default boolean closes(Channel channel) {
    return false;
  }

  /**
   * Looks whether the bus can carry the channels that it can't do without.
   *
   * @throws IllegalArgumentException with the setting, its value and the expectation
   */
  default void require(Predicate<Channel> carried) {}

  /** Makes the front end of a node, whose hub is not started yet. Called once. */
  FrontEnd open(NodeParts node);
}
