package io.carillon.server.config;

/** What connects a node to others. */
enum AdapterDriver {
  /** Nothing. */
  LOCAL,
  RABBITMQ
}
