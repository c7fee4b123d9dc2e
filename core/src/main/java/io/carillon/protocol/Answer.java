package io.carillon.protocol;

import io.carillon.auth.Rejection;
import io.carillon.hub.Connection;
import io.carillon.hub.HubShard;

/** The answer of a protocol to a handshake. */
public sealed interface Answer {

  /**
   * The client may connect.
   *
   * @param subprotocol the one of the offered subprotocols that was chosen; empty for none
   * @param opening begins the conversation
   */
  record Welcome(String subprotocol, Opening opening) implements Answer {}

  /** The client may not connect. */
  record Refused(Rejection why) implements Answer {}

  /** Begins a client's conversation. */
  @FunctionalInterface
  interface Opening {
    /**
     * Called once. The connection is open and belongs to the shard's loop, on which this and every
     * call to the session happen.
     */
    Session open(Connection connection, HubShard shard);
  }
}
