package io.carillon.protocol;

import io.carillon.auth.Rejection;
import io.carillon.hub.Connection;
import io.carillon.hub.HubShard;

/** What a protocol says to a handshake. */
public sealed interface Answer {

  /**
   * The client may come in.
   *
   * @param subprotocol the one that was chosen of those offered; empty for none
   * @param opening begins the conversation
   */
  record Welcome(String subprotocol, Opening opening) implements Answer {}

  /** It may not. */
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
