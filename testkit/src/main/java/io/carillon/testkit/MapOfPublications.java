package io.carillon.testkit;

import io.carillon.hub.LastPublications;
import io.carillon.hub.Remembered;
import io.carillon.message.Channel;
import io.carillon.message.Publication;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A memory of last publications that never forgets. Thread-safe. */
public class MapOfPublications implements LastPublications {

  private final Predicate<Channel> channels;
  private final Predicate<Publication> publications;
  private final Map<Channel, Remembered> last = new ConcurrentHashMap<>();

  /**
   * @param channels the channels that remember their last publication
   * @param publications the publications that are remembered
   */
  public MapOfPublications(Predicate<Channel> channels, Predicate<Publication> publications) {
    this.channels = channels;
    this.publications = publications;
  }

  @Override
  public boolean remembers(Channel channel) {
    return channels.test(channel);
  }

  @Override
  public boolean concern(Publication publication) {
    return publications.test(publication);
  }

  @Override
  public Optional<Remembered> of(Channel channel) {
    return Optional.ofNullable(last.get(channel));
  }

  @Override
  public Duration remaining(Channel channel) {
    return Duration.ofMinutes(30);
  }

  @Override
  public void change(Channel channel, UnaryOperator<Optional<Remembered>> change) {
    last.compute(channel, (_, now) -> change.apply(Optional.ofNullable(now)).orElse(null));
  }
}
