package io.carillon.hub;

import io.carillon.message.Channel;
import io.carillon.message.MessageId;
import io.carillon.message.Publication;
import java.time.Duration;
import java.util.Optional;

/**
 * Remembers the last publication of some channels, for those who come later. It says itself which
 * channels and publications these are. Any thread; never blocks.
 */
public interface LastPublications {

  /** Remembers nothing. */
  LastPublications NONE =
      new LastPublications() {
        @Override
        public boolean remembers(Channel channel) {
          return false;
        }

        @Override
        public boolean concern(Publication publication) {
          return false;
        }

        @Override
        public Optional<Publication> of(Channel channel) {
          return Optional.empty();
        }

        @Override
        public Duration remaining(Channel channel) {
          return Duration.ZERO;
        }

        @Override
        public void heard(Publication publication) {}

        @Override
        public void accepted(Publication publication, Optional<Publication> before) {}
      };

  /** Whether a channel is one whose last publication is remembered. */
  boolean remembers(Channel channel);

  /** Whether a publication is one to be remembered. */
  boolean concern(Publication publication);

  /** The last one, while it is remembered. */
  Optional<Publication> of(Channel channel);

  /** For how long the last one will be remembered yet; zero when it isn't. */
  Duration remaining(Channel channel);

  /**
   * A publication has come from the bus, and the shards have it already: whoever finds it here
   * knows that it waits there, or did. For one channel by one thread at a time.
   */
  void heard(Publication publication);

  /**
   * The bus has accepted what this node has published. If nobody here is subscribed it doesn't come
   * back, and this is how it is remembered; whatever has come meanwhile is newer.
   *
   * @param before what was the last when it was handed to the bus
   */
  void accepted(Publication publication, Optional<Publication> before);

  /**
   * Whether what this node has published, and the bus has accepted, is newer than what is
   * remembered: nothing has come since it was handed to the bus but what this node had published
   * before it.
   *
   * @param before what was the last when it was handed to the bus
   * @param now what is the last
   */
  static boolean isNewer(
      Publication publication, Optional<Publication> before, Optional<Publication> now) {
    return now.isEmpty()
        || now.equals(before)
        || now.filter(last -> precedes(last.id(), publication.id())).isPresent();
  }

  private static boolean precedes(MessageId one, MessageId other) {
    return one.node().equals(other.node()) && one.sequence() < other.sequence();
  }
}
