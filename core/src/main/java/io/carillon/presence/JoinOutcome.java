package io.carillon.presence;

/** The outcome of a join. */
public enum JoinOutcome {
  /** The member has joined, and {@link ShardPresence#members} names all members. */
  JOINED,
  /** The channel has as many members as it may have. */
  FULL,
  /** This node holds as much as it may hold for other nodes; another one may have room. */
  NO_ROOM
}
