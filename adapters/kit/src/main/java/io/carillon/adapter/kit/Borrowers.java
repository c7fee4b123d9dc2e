package io.carillon.adapter.kit;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The parts that work with a {@link Link} while it lasts.
 *
 * @param publishers one for each lane
 * @param binder binds and unbinds
 */
record Borrowers<L extends Link>(List<LanePublisher> publishers, Binder<L> binder) {

  Borrowers {
    publishers = List.copyOf(publishers);
  }

  /** Binds all desired channels; completes with their number. */
  CompletableFuture<Integer> restore(L link) {
    return binder.restore(link);
  }

  /** Lends the link to all. */
  void attach(L link) {
    publishers.forEach(publisher -> publisher.attach(link.outlet(publisher.lane()), link::lose));
    link.onBlocked(
        reason -> publishers.forEach(publisher -> publisher.block(reason)),
        () -> publishers.forEach(LanePublisher::unblock));
    binder.open();
  }

  /** Takes the link back, and answers everything that is under way. */
  void detach(String reason) {
    binder.detach();
    publishers.forEach(publisher -> publisher.detach(reason));
  }
}
