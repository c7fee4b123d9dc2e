package io.carillon.presence;

/**
 * The number of a channel's subscriptions and members.
 *
 * @param subscriptions how many connections are subscribed
 * @param members how many members it has; each may have several connections
 */
public record Occupancy(int subscriptions, int members) {

  /** A channel without subscriptions and members. */
  public static final Occupancy NONE = new Occupancy(0, 0);

  Occupancy plus(Occupancy other) {
    return new Occupancy(subscriptions + other.subscriptions, members + other.members);
  }

  /** Whether the channel has a subscription or a member. */
  public boolean isOccupied() {
    return subscriptions > 0;
  }
}
