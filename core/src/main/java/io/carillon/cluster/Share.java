package io.carillon.cluster;

import java.util.Map;

/**
 * The part of a channel that some nodes hold.
 *
 * @param subscriptions how many connections are subscribed there
 * @param members the members there, by id
 */
public record Share(int subscriptions, Map<String, Member> members) {

  /** No subscriptions and no members. */
  public static final Share NONE = new Share(0, Map.of());

  public Share {
    members = Map.copyOf(members);
  }

  /** Whether there are neither subscriptions nor members. */
  public boolean isNothing() {
    return subscriptions == 0 && members.isEmpty();
  }
}
