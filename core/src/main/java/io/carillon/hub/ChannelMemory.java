package io.carillon.hub;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Publication;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides which publication of a channel is the last, and numbers the publications of channels that
 * remember one: the numbers tell a subscriber that knows the last one which publications are old to
 * it.
 *
 * <p>A publication is remembered before it is handed to the shards. So a subscriber that begins to
 * listen to a channel, and then looks here, finds the publication here, or receives it, or both; it
 * never misses it. Any thread.
 */
final class ChannelMemory {

  private final Incarnation here;
  private final LastPublications last;
  private final AtomicLong order = new AtomicLong();

  /**
   * Publications of this node that were handed to the shards, by {@link #heard} or {@link
   * #accepted}.
   */
  private final RecentIds handed = new RecentIds();

  /**
   * @param here the life of this node, whose publications {@link #accepted} receives
   */
  ChannelMemory(Incarnation here, LastPublications last) {
    this.here = here;
    this.last = last;
  }

  /** Whether the channel of a publication remembers it. */
  boolean concern(Publication publication) {
    return last.remembers(publication.channel()) && last.concern(publication);
  }

  Optional<Remembered> of(Channel channel) {
    return last.of(channel);
  }

  /**
   * A publication has come from the bus. For one channel by one thread at a time.
   *
   * @return the delivery for the shards; null if {@link #accepted} has handed it out already
   */
  @Nullable Delivery heard(Publication publication) {
    if (!last.remembers(publication.channel())) {
      return Delivery.of(publication);
    }
    return last.concern(publication)
        ? change(publication, now -> isFirst(publication) || isOvertaken(publication, now))
        : Delivery.ofPassing(publication, order.incrementAndGet());
  }

  /**
   * The bus has accepted a publication of this node to a channel that was perhaps not routed here,
   * so that the publication may not come back. Publications that have come meanwhile are newer.
   *
   * @param before the last publication at the time when this one was handed to the bus
   * @return the delivery for the shards, because a subscriber may have come meanwhile; null for
   *     none
   */
  @Nullable Delivery accepted(Publication publication, Optional<Remembered> before) {
    return change(publication, now -> isNewer(publication, before, now) && isFirst(publication));
  }

  private interface Condition {
    boolean holds(Optional<Remembered> now);
  }

  private @Nullable Delivery change(Publication publication, Condition condition) {
    @Nullable Delivery[] news = {null};
    last.change(
        publication.channel(),
        now -> {
          if (!condition.holds(now)) {
            return now;
          }
          Remembered next = new Remembered(publication, order.incrementAndGet());
          news[0] = Delivery.of(next);
          return Optional.of(next);
        });
    return news[0];
  }

  /**
   * Whether a publication that was handed out already is nevertheless the last, because one of
   * another node came in between. It is then handed out again: a subscriber may receive it twice,
   * but ends with the right one.
   */
  private static boolean isOvertaken(Publication publication, Optional<Remembered> now) {
    return now.map(one -> one.publication().id())
        .filter(id -> !id.equals(publication.id()) && !precedes(publication.id(), id))
        .isPresent();
  }

  private boolean isFirst(Publication publication) {
    return !publication.id().node().equals(here) || handed.add(publication.id());
  }

  /** Since it was handed to the bus, only earlier publications of this node have come. */
  private static boolean isNewer(
      Publication publication, Optional<Remembered> before, Optional<Remembered> now) {
    return now.isEmpty()
        || now.equals(before)
        || now.filter(one -> precedes(one.publication().id(), publication.id())).isPresent();
  }

  private static boolean precedes(MessageId one, MessageId other) {
    return one.node().equals(other.node()) && one.sequence() < other.sequence();
  }
}
