package io.carillon.server.transport;

/** Why a WebSocket handshake was refused. */
public enum RefusalReason {
  /** It is not a valid handshake. */
  MALFORMED,
  /**
   * Its request line or its headers are longer than the limits. Plain requests count, too, because
   * the node can't tell what they ask for.
   */
  TOO_LONG,
  /** The node accepts no clients now: it shuts down, or the broker is away. */
  UNAVAILABLE,
  /** No protocol is served at its path. */
  NO_PROTOCOL,
  /** Its protocol refuses it. */
  REJECTED,
  /** The node is full. */
  FULL,
  /** Its address has too many connections. */
  ADDRESS,
  /** More handshakes arrive than the node admits in a second. */
  RATE
}
