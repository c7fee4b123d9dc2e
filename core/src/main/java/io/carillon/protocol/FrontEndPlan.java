package io.carillon.protocol;

import io.carillon.hub.LastPublications;
import io.carillon.message.Channel;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A front end that is configured and has no node yet. It answers the questions that come before the
 * hub is made, and then makes the {@link FrontEnd}.
 */
public interface FrontEndPlan {

  /** The memory of its channels' last publications; empty if its channels remember none. */
  default Optional<LastPublications> memory() {
    return Optional.empty();
  }

  /**
   * Whether a channel is closed to the clients and backends of other front ends, whatever these
   * permit. Any thread.
   */
  default boolean closes(Channel channel) {
    return false;
  }

  /**
   * Checks that the bus can carry the channels that every client needs.
   *
   * @throws IllegalArgumentException with the setting, its value and the expectation
   */
  default void require(Predicate<Channel> carried) {}

  /**
   * The fingerprints of its tenants' secrets, by the tenants' ids: what nodes tell each other, to
   * notice that they have different ones. Any thread.
   */
  default Map<String, Long> fingerprints() {
    return Map.of();
  }

  /** Makes the front end of a node, whose hub is not started yet. Called once. */
  FrontEnd open(FrontEndContext node);
}
