package io.carillon.hub;

import io.carillon.message.Channel;
import io.carillon.message.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps the last publication of some channels for later subscribers. The implementation decides
 * which channels and publications are remembered; the hub decides when, and which publication is
 * the last. Any thread; never blocks.
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
        public Optional<Remembered> of(Channel channel) {
          return Optional.empty();
        }

        @Override
        public Duration remaining(Channel channel) {
          return Duration.ZERO;
        }

        @Override
        public void change(Channel channel, UnaryOperator<Optional<Remembered>> change) {}
      };

  /** Several memories as one; a channel belongs to the first that remembers it. */
  static LastPublications joined(List<LastPublications> parts) {
    return parts.size() == 1 ? parts.getFirst() : new JoinedMemory(parts);
  }

  /** Whether a channel is one whose last publication is remembered. Asked for each publication. */
  boolean remembers(Channel channel);

  /** Whether a publication to such a channel is to be remembered. */
  boolean concern(Publication publication);

  /** The last publication, while it is remembered. */
  Optional<Remembered> of(Channel channel);

  /** For how long the last publication will still be remembered; zero if there is none. */
  Duration remaining(Channel channel);

  /**
   * Changes what a channel remembers; no other call changes or reads it meanwhile.
   *
   * @param change called once with the remembered publication; returns the one to remember from now
   *     on
   */
  void change(Channel channel, UnaryOperator<Optional<Remembered>> change);
}
