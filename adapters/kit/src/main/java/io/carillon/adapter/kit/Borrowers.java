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
    link.onBlocked(reason -> block(link, reason), () -> unblock(link));
    binder.open();
  }

  /** A link that is lost says nothing any more about the one after it. */
  private void block(L link, String reason) {
    if (!link.isLost()) {
      publishers.forEach(publisher -> publisher.block(reason));
    }
  }

  private void unblock(L link) {
    if (!link.isLost()) {
      publishers.forEach(LanePublisher::unblock);
    }
  }

  /** Takes the link back, and answers everything that is under way. */
  void detach(String reason) {
    binder.detach();
    publishers.forEach(publisher -> publisher.detach(reason));
  }
}
