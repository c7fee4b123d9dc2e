package io.carillon.hub;

import io.carillon.message.Channel;
import io.carillon.message.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Several memories as one. A channel belongs to the first that remembers it. As thread-safe as they
 * are.
 */
final class JoinedMemory implements LastPublications {

  private final List<LastPublications> parts;

  JoinedMemory(List<LastPublications> parts) {
    this.parts = List.copyOf(parts);
  }

  private LastPublications partOf(Channel channel) {
    for (LastPublications part : parts) {
      if (part.remembers(channel)) {
        return part;
      }
    }
    return NONE;
  }

  @Override
  public boolean remembers(Channel channel) {
    return partOf(channel).remembers(channel);
  }

  @Override
  public boolean concern(Publication publication) {
    return partOf(publication.channel()).concern(publication);
  }

  @Override
  public Optional<Remembered> of(Channel channel) {
    return partOf(channel).of(channel);
  }

  @Override
  public Duration remaining(Channel channel) {
    return partOf(channel).remaining(channel);
  }

  @Override
  public void change(Channel channel, UnaryOperator<Optional<Remembered>> change) {
    partOf(channel).change(channel, change);
  }
}
