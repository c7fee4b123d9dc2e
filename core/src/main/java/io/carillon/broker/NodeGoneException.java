package io.carillon.broker;

import io.carillon.message.Incarnation;

/** The node that a control message was for is not on the bus. It did not get the message. */
public final class NodeGoneException extends RuntimeException {

  private final Incarnation node;

  public NodeGoneException(Incarnation node) {
    super("node " + node + " is not on the bus");
    this.node = node;
  }

  /** The node that is gone. */
  public Incarnation node() {
    return node;
  }
}
