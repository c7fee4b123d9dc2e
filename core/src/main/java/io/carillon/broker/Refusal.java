package io.carillon.broker;

/** Why a bus did not accept something. Whatever the kind, nothing of it was sent. */
public enum Refusal {
  /** The bus is away, or this node is not connected. Trying again later may help. */
  UNAVAILABLE,

  /** It is larger than the bus carries. Trying again never helps. */
  TOO_LARGE,

  /** Its channel has no address on this bus. Trying again never helps. */
  NOT_CARRIED,

  /** A limit is reached: the bus works, and accepts more when something has drained. Slow down. */
  OVERLOADED
}
