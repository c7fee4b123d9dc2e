package io.carillon.hub;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Publication;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides which publication of a channel is the last, and numbers what comes to channels that
 * remember: whoever knows the last one can tell by the numbers what is old to it.
 *
 * <p>A publication is remembered before it is handed to the shards. So who begins to listen to a
 * channel, and then looks here, either finds it or is handed it, or both; never neither. Any
 * thread.
 */
final class ChannelMemory {

  private final Incarnation here;
  private final LastPublications last;
  private final AtomicLong order = new AtomicLong();

  /** What this node has published and the shards were handed, for one reason or the other. */
  private final RecentIds handed = new RecentIds();

  /**
   * @param here whose publications are accepted
   */
  ChannelMemory(Incarnation here, LastPublications last) {
    this.here = here;
    this.last = last;
  }

  /** Whether a publication is one that its channel remembers. */
  boolean concern(Publication publication) {
    return last.remembers(publication.channel()) && last.concern(publication);
  }

  Optional<Remembered> of(Channel channel) {
    return last.of(channel);
  }

  /**
   * A publication has come from the bus. For one channel by one thread at a time.
   *
   * @return what the shards are to be handed; null when they have it since it was {@link #accepted}
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
   * The bus has accepted what this node has published to a channel that it perhaps didn't route
   * here, so that it may not come back. Whatever has come meanwhile is newer.
   *
   * @param before what was the last when it was handed to the bus
   * @return what the shards are to be handed: somebody may have begun to listen meanwhile; null for
   *     nothing
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
   * Whether what has been handed out already is the last all the same, since another node's came in
   * between: better twice than never the last.
   */
  private static boolean isOvertaken(Publication publication, Optional<Remembered> now) {
    return now.map(one -> one.publication().id())
        .filter(id -> !id.equals(publication.id()) && !precedes(publication.id(), id))
        .isPresent();
  }

  private boolean isFirst(Publication publication) {
    return !publication.id().node().equals(here) || handed.add(publication.id());
  }

  /** Nothing has come since it was handed to the bus but what this node had published before it. */
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
