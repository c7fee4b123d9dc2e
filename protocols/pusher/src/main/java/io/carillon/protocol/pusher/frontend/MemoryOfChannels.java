package io.carillon.protocol.pusher.frontend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.carillon.hub.LastPublications;
import io.carillon.hub.Remembered;
import io.carillon.message.Channel;
import io.carillon.message.Publication;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Remembers last publications in this node's memory: publications of this node, and publications
 * that it has received because it has a subscriber. The memory is limited in time and in bytes;
 * beyond these limits the least useful publication is forgotten first.
 */
final class MemoryOfChannels implements LastPublications {

  private final Predicate<Channel> remembered;
  private final Predicate<Publication> concern;
  private final Cache<Channel, Remembered> last;
  private final Duration life;

  /**
   * @param remembered the channels that remember their last publication
   * @param concern the publications that are remembered
   * @param life how long a publication is remembered
   * @param maxBytes the maximum total weight of all publications
   * @param nanoClock a monotonic clock, nanoseconds
   */
  MemoryOfChannels(
      Predicate<Channel> remembered,
      Predicate<Publication> concern,
      Duration life,
      long maxBytes,
      LongSupplier nanoClock) {
    this.remembered = remembered;
    this.concern = concern;
    this.life = life;
    Ticker ticker = nanoClock::getAsLong;
    this.last =
        Caffeine.newBuilder()
            .expireAfterWrite(life)
            .maximumWeight(maxBytes)
            .weigher((Channel _, Remembered one) -> one.publication().weight())
            .executor(Runnable::run)
            .ticker(ticker)
            .build();
  }

  @Override
  public boolean remembers(Channel channel) {
    return remembered.test(channel);
  }

  @Override
  public boolean concern(Publication publication) {
    return concern.test(publication);
  }

  @Override
  public Optional<Remembered> of(Channel channel) {
    return Optional.ofNullable(last.getIfPresent(channel));
  }

  @Override
  public Duration remaining(Channel channel) {
    return last.policy()
        .expireAfterWrite()
        .map(expiry -> expiry.ageOf(channel, TimeUnit.NANOSECONDS))
        .filter(age -> age.isPresent())
        .map(age -> life.minusNanos(age.getAsLong()))
        .orElse(Duration.ZERO);
  }

  @Override
  public void change(Channel channel, UnaryOperator<Optional<Remembered>> change) {
    last.asMap().compute(channel, (_, now) -> change.apply(Optional.ofNullable(now)).orElse(null));
  }
}
