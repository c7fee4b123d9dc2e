package io.carillon.presence;

/** How a join ended. */
public enum JoinOutcome {
  /** The member is there, and so is everybody whom {@link ShardPresence#members} names. */
  JOINED,
  /** The channel has as many members as it may have. */
  FULL
}
