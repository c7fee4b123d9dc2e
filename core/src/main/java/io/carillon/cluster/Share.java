package io.carillon.cluster;

import java.util.Map;

/**
 * What some nodes hold of one channel.
 *
 * @param subscriptions how many connections are subscribed there
 * @param members who is there, by id
 */
public record Share(int subscriptions, Map<String, Member> members) {

  /** Nothing. */
  public static final Share NONE = new Share(0, Map.of());

  public Share {
    members = Map.copyOf(members);
  }

  /** Whether there are neither subscriptions nor members. */
  public boolean isNothing() {
    return subscriptions == 0 && members.isEmpty();
  }
}
