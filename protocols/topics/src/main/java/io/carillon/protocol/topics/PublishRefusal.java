package io.carillon.protocol.topics;

/** Why a request to publish was refused before anything was published. */
public enum PublishRefusal {
  /** No keys are configured. */
  OFF,
  /** The key is missing or wrong: if this happens often, a stranger is guessing. */
  KEY,
  /** Its path, method or type is wrong. */
  REQUEST,
  /** It names no topic that a client could join. */
  TOPIC,
  /** Its body is too long, or has no announced length. */
  LENGTH,
  /** Its body has nothing that can be published. */
  MESSAGE,
  /** The node ends, or its broker is away. */
  UNAVAILABLE
}
