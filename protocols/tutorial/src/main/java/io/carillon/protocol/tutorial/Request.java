package io.carillon.protocol.tutorial;

/** A client's message. */
enum Request {
  /** The client wants to know the users. */
  GET_USERS,
  /** The client wants all clients to be sent the users. */
  BROADCAST,
  /** The message is not JSON. */
  NOT_JSON,
  /** The message has no type that the protocol knows. */
  UNKNOWN
}
