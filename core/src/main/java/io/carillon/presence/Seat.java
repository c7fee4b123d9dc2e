package io.carillon.presence;

import io.carillon.view.Member;

/** A member's place in a {@link Roster}, shared by all of its connections to this node. */
final class Seat {

  private final Member member;
  private int connections;

  /** Whether listeners were told. A member that is on another node as well is always announced. */
  private boolean announced;

  Seat(Member member) {
    this.member = member;
  }

  Member member() {
    return member;
  }

  /** Adds a connection. */
  void sitDown() {
    connections++;
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
