package io.carillon.server.transport;

/** Why a WebSocket handshake was refused. */
public enum RefusalReason {
  /** It is no right handshake. */
  MALFORMED,
  /**
   * Its request line or its headers are longer than the node reads. Counts plain requests, too:
   * what they ask for is not read.
   */
  TOO_LONG,
  /** The node takes nobody now: it is going down, or the bus is away. */
  UNAVAILABLE,
  /** No protocol is served at its path. */
  NO_PROTOCOL,
  /** Its protocol doesn't want it. */
  REJECTED,
  /** The node is full. */
  FULL
}
