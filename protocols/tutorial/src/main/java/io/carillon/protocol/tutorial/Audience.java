package io.carillon.protocol.tutorial;

/** The clients that receive a broadcast. */
enum Audience {
  /** All clients of all nodes, the one that asked for the broadcast included. */
  EVERYONE,
  /** All other clients of all nodes. */
  OTHERS
}
