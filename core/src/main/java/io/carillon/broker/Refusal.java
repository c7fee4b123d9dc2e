package io.carillon.broker;

/** Why a bus did not take something. Whatever the kind, nothing of it was sent. */
public enum Refusal {
  /** The bus is away, or this node is not connected. Trying again later may help. */
  UNAVAILABLE,

  /** It is larger than the bus carries. Trying again never helps. */
  TOO_LARGE,

  /** Its channel has no address on this bus. Trying again never helps. */
  NOT_CARRIED,

  /** A bound is full: the bus works, and takes more once something has drained. Slow down. */
  OVERLOADED
}
