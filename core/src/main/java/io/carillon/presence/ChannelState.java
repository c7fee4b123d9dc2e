package io.carillon.presence;

import java.util.Set;

/**
 * What listeners were told of a channel so far, and what they will be told to have ended unless it
 * comes back within the settle time.
 *
 * @param isOccupied whether the channel is told as occupied; it is ending without subscriptions
 * @param subscriptions the number of subscriptions on all nodes
 * @param memberIds the ids of the members who are told as joined
 * @param departing those of them who are on no node any more
 */
public record ChannelState(
    boolean isOccupied, int subscriptions, Set<String> memberIds, Set<String> departing) {

  /** Nothing was told, or everything was taken back. */
  public static final ChannelState NONE = new ChannelState(false, 0, Set.of(), Set.of());

  /** Whether nothing of it is about to end. */
  public boolean isSettled() {
    return departing.isEmpty() && isOccupied == isInUse();
  }

  /** Whether a member is on any node. */
  public boolean isPresent(String memberId) {
    return memberIds.contains(memberId) && !departing.contains(memberId);
  }

  /** Whether the channel is told as occupied, and has subscriptions. */
  public boolean isInUse() {
    return isOccupied && subscriptions > 0;
  }
}
