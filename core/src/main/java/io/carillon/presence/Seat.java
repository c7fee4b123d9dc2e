package io.carillon.presence;

import io.carillon.cluster.Member;

/** A member's place in a {@link Roster}, for all of its connections to this node together. */
final class Seat {

  private final Member member;
  private int connections;

  /** Whether listeners were told. A member who is on another node as well is always announced. */
  private boolean announced;

  Seat(Member member) {
    this.member = member;
  }

  Member member() {
    return member;
  }

  /** One connection more. */
  void sitDown() {
    connections++;
  }

  /** One connection less; whether it was the last. */
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
