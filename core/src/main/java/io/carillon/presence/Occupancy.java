package io.carillon.presence;

/**
 * How much a channel is in use.
 *
 * @param subscriptions how many connections are subscribed
 * @param members how many members it has; each may have several connections
 */
public record Occupancy(int subscriptions, int members) {

  /** Nobody is there. */
  public static final Occupancy NONE = new Occupancy(0, 0);

  Occupancy plus(Occupancy other) {
    return new Occupancy(subscriptions + other.subscriptions, members + other.members);
  }

  /** Whether anybody is there. */
  public boolean isOccupied() {
    return subscriptions > 0;
  }
}
