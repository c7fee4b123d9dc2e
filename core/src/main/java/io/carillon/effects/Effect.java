package io.carillon.effects;

import io.carillon.message.Channel;

/**
 * A change of a channel, as the outside of the cluster is told it. Two equal effects are one effect
 * that was told twice: a node may have told it, and gone before the others knew so.
 *
 * @param serial grows with every report about the channel; the effects of one report share it
 */
public record Effect(Channel channel, long serial, Change change) {

  /** What has happened. */
  public sealed interface Change {
    /** Of what: equal for two changes of which the later one replaces the earlier one. */
    default String subject() {
      return switch (this) {
        case Occupied(), Vacated() -> "occupancy";
        case Counted _ -> "count";
        case Joined(String memberId) -> "member " + memberId;
        case Left(String memberId) -> "member " + memberId;
      };
    }
  }

  /** The channel has its first subscription. */
  public record Occupied() implements Change {}

  /** The channel has lost its last subscription, and its last member before. */
  public record Vacated() implements Change {}

  /** A member has come who was on no node before. */
  public record Joined(String memberId) implements Change {}

  /** A member is on no node any more. */
  public record Left(String memberId) implements Change {}

  /** The channel has this many subscriptions. */
  public record Counted(int subscriptions) implements Change {}
}
