package io.carillon.server;

/**
 * What a node speaks on RabbitMQ, so that a cluster of the demo server that defined the topics
 * protocol is replaced node by node. Whatever a node writes, all nodes that it meets in those steps
 * can read.
 */
public enum WireMode {
  /** Carillon's own form alone. */
  NATIVE,
  /** Writes Carillon's own form, reads both. */
  TRANSITION,
  /** Writes the demo's form, reads both. */
  REFERENCE
}
