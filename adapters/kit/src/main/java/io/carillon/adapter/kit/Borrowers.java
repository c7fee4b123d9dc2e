package io.carillon.adapter.kit;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The parts that work with a {@link Link} while it lasts.
 *
 * @param publishers one for each lane
 * @param binder binds and unbinds
 * @param receiver hears of channels that are no longer routed here
 */
record Borrowers<L extends Link>(
    List<LanePublisher> publishers, Binder<L> binder, Receiver receiver) {

  private static final String NOT_ADMITTED = "not all other nodes have answered this node yet";

  Borrowers {
    publishers = List.copyOf(publishers);
  }

  /** Binds all desired channels; completes with their number. */
  CompletableFuture<Integer> restore(L link) {
    return binder.restore(link);
  }

  /**
   * Lends the link to all, but to the publisher of publications only if the link is admitted.
   *
   * @return whether it is admitted; if not, {@link #admit} has to follow
   */
  boolean attach(L link) {
    boolean isAdmitted = link.admitted().isDone();
    for (LanePublisher publisher : publishers) {
      if (isAdmitted || publisher.lane() != Lane.PUBLICATIONS) {
        attach(publisher, link);
      } else {
        publisher.block(NOT_ADMITTED);
      }
    }
    link.onBlocked(reason -> block(link, reason), () -> unblock(link));
    binder.open();
    link.onUnrouted(
        lost -> binder.lose(link, lost.channels(), known -> receiver.unrouted(lost, known)));
    return isAdmitted;
  }

  /** Lends the link to the publisher of publications, too. */
  void admit(L link) {
    for (LanePublisher publisher : publishers) {
      if (publisher.lane() == Lane.PUBLICATIONS) {
        attach(publisher, link);
      }
    }
  }

  private void attach(LanePublisher publisher, L link) {
    publisher.attach(link.outlet(publisher.lane()), link::lose);
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
