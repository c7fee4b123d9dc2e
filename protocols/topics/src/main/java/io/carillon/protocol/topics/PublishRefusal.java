package io.carillon.protocol.topics;

/** Why a request to publish was refused before anything was published. */
public enum PublishRefusal {
  /** No keys are configured. */
  OFF,
  /** The key is missing or wrong: if this happens often, a stranger is guessing. */
  KEY,
  /** The path, the method or the content type is wrong. */
  REQUEST,
  /** The path names no topic that a client could join. */
  TOPIC,
  /** The body is too long, or its length is not announced. */
  LENGTH,
  /** The body has no text that can be published. */
  MESSAGE,
  /** The node is stopping, or its broker is away. */
  UNAVAILABLE
}
