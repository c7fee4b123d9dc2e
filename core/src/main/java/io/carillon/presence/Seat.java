package io.carillon.presence;

import io.carillon.view.Member;
import io.carillon.view.MemberMark;

/** A member's place in a {@link Roster}, shared by all of its connections to this node. */
final class Seat {

  private Member member;
  private MemberMark mark;
  private int connections;

  /** Whether listeners were told. A member that is on another node as well is always announced. */
  private boolean announced;

  /**
   * @param elsewhere the order of the member's newest connection to other nodes; 0 for none
   */
  Seat(Member member, long elsewhere) {
    this.member = member;
    this.mark = MemberMark.of(member, elsewhere + 1);
  }

  /** As its newest connection to this node has told it. */
  Member member() {
    return member;
  }

  MemberMark mark() {
    return mark;
  }

  /**
   * Adds a connection, which is the newest one of all nodes.
   *
   * @param elsewhere the order of the member's newest connection to other nodes; 0 for none
   */
  void sitDown(Member newest, long elsewhere) {
    connections++;
    if (elsewhere >= mark.order() || !newest.equals(member)) {
      member = newest;
      mark = MemberMark.of(newest, Math.max(elsewhere, mark.order()) + 1);
    }
  }

  /** Removes a connection; true if it was the last. */
  boolean standUp() {
    return --connections == 0;
  }

  boolean isAnnounced() {
    return announced;
  }

  void setAnnounced() {
    announced = true;
  }
}
