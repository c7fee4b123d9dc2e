package io.carillon.hub;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Publications of one channel that directly follow each other in a turn of a loop. They are joined
 * once for each encoder, and reach every subscriber as one frame. So the work for a subscriber,
 * above all the system call, is done once for all of them. Owned by a shard, which fills, delivers
 * and clears it again and again.
 */
final class Run {

  private final List<Delivery> deliveries = new ArrayList<>();
  private final IdentityHashMap<Encoder, Frame> joined = new IdentityHashMap<>();

  boolean isEmpty() {
    return deliveries.isEmpty();
  }

  /** How many publications. */
  int size() {
    return deliveries.size();
  }

  /** The first publication; channel and excluded connection are the same for all. */
  Delivery first() {
    return deliveries.getFirst();
  }

  /** Whether a delivery goes to the same subscribers as those of this run. */
  boolean fits(Delivery delivery) {
    return isEmpty()
        || (first().publication().channel().equals(delivery.publication().channel())
            && first()
                .publication()
                .excludedSubscriber()
                .equals(delivery.publication().excludedSubscriber()));
  }

  void add(Delivery delivery) {
    deliveries.add(delivery);
  }

  /** All publications, as this encoder shows them. */
  Frame frame(Encoder encoder) {
    return size() == 1 ? first().frame(encoder) : joined.computeIfAbsent(encoder, this::join);
  }

  private Frame join(Encoder encoder) {
    return Frame.join(deliveries.stream().map(delivery -> delivery.frame(encoder)).toList());
  }

  void clear() {
    deliveries.clear();
    joined.clear();
  }
}
