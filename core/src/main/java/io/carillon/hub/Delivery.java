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

  private final Publication publication;
  private @Nullable Encoded encoded;

  Delivery(Publication publication) {
    this.publication = publication;
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
