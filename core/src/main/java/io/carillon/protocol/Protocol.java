package io.carillon.protocol;

import io.carillon.hub.Connection;
import io.carillon.hub.HubShard;

/** One wire protocol. Stateless; any event loop calls it. */
public interface Protocol {

  /** Whether this handshake is for this protocol. */
  boolean claims(Handshake handshake);

  /**
   * Begins a client's conversation. The connection is open and belongs to the shard's loop, on
   * which this and every call to the session happen.
   */
  Session open(Handshake handshake, Connection connection, HubShard shard);
}
