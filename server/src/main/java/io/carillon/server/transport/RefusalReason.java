package io.carillon.server.transport;

/** Why a WebSocket handshake was refused. */
public enum RefusalReason {
  /** It is no right handshake. */
  MALFORMED,
  /** The node takes nobody now: it is going down, or the bus is away. */
  UNAVAILABLE,
  /** No protocol is served at its path. */
  NO_PROTOCOL,
  /** Its protocol doesn't want it. */
  REJECTED,
  /** The node is full. */
  FULL
}
