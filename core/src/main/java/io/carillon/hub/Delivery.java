package io.carillon.hub;

import io.carillon.message.Publication;
import org.jspecify.annotations.Nullable;

/**
 * A publication on its way to the shards, with the frames that were made of it so far.
 *
 * <p>All interested shards share one delivery. The frames are published through a data race on
 * purpose: what is raced for is immutable, and a lost race encodes once more, harmlessly.
 */
final class Delivery {

  /** The place of what comes to channels that remember nothing. */
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

  /** One to a channel without a memory. */
  static Delivery of(Publication publication) {
    return new Delivery(publication, NO_ORDER, false);
  }

  /** One that its channel remembers. */
  static Delivery of(Remembered last) {
    return new Delivery(last.publication(), last.order(), true);
  }

  /** One that a channel with a memory doesn't remember. */
  static Delivery ofPassing(Publication publication, long order) {
    return new Delivery(publication, order, false);
  }

  /** Its place among those of channels that remember. */
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

  /** What it counts toward the bound of a queue, in bytes. */
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
