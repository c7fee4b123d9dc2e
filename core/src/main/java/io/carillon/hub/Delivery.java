package io.carillon.hub;

import io.carillon.message.Publication;
import org.jspecify.annotations.Nullable;

/**
 * A publication on its way to the shards, with the frames that were made of it so far.
 *
 * <p>All interested shards share one delivery. The frames are published through a data race on
 * purpose: the frames are immutable, and a loop that loses the race encodes once more.
 */
final class Delivery {

  /** The number of publications to channels that remember nothing. */
  static final long NO_ORDER = 0;

  private final Publication publication;
  private final long order;
  private final boolean isLast;
  private @Nullable Encoded encoded;

  private Delivery(Publication publication, long order, boolean isLast) {
    this.publication = publication;
    this.order = order;
    this.isLast = isLast;
  }

  /** A publication to a channel without a memory. */
  static Delivery of(Publication publication) {
    return new Delivery(publication, NO_ORDER, false);
  }

  /** A publication that its channel remembers. */
  static Delivery of(Remembered last) {
    return new Delivery(last.publication(), last.order(), true);
  }

  /** A publication that its channel doesn't remember, although the channel has a memory. */
  static Delivery ofPassing(Publication publication, long order) {
    return new Delivery(publication, order, false);
  }

  /** The publication's number among those to channels with a memory. */
  long order() {
    return order;
  }

  /** Whether it is its channel's last publication, as long as no later one comes. */
  boolean isLast() {
    return isLast;
  }

  Publication publication() {
    return publication;
  }

  /** The bytes that count toward the limit of a queue. */
  int weight() {
    return publication.weight();
  }

  @SuppressWarnings("ReferenceEquality") // Encoders are compared by identity.
  Frame frame(Encoder encoder) {
    for (Encoded e = encoded; e != null; e = e.next) {
      if (e.encoder == encoder) {
        return e.frame;
      }
    }
    Frame frame = encoder.encode(publication);
    encoded = new Encoded(encoder, frame, encoded);
    return frame;
  }

  private record Encoded(Encoder encoder, Frame frame, @Nullable Encoded next) {}
}
