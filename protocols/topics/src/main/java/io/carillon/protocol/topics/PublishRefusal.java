package io.carillon.protocol.topics;

/** Why a request to publish was refused before anything was published. */
public enum PublishRefusal {
  /** There are no keys. */
  OFF,
  /** It has no key, or another: where these are many, somebody guesses. */
  KEY,
  /** Its path, method or type is another. */
  REQUEST,
  /** It names no topic that a client could join. */
  TOPIC,
  /** Its body is too long, or of unsaid length. */
  LENGTH,
  /** Its body says nothing that can be published. */
  MESSAGE,
  /** The node ends, or its bus is away. */
  UNAVAILABLE
}
