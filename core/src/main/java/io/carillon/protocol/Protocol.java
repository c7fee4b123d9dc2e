package io.carillon.protocol;

import io.carillon.hub.Connection;
import io.carillon.hub.HubShard;
import java.util.Optional;

/** One wire protocol. Stateless; any event loop calls it. */
public interface Protocol {

  /** Whether this handshake is for this protocol. */
  boolean claims(Handshake handshake);

  /**
   * Why a handshake that it claims can't be served as it is, in a sentence for who has sent it;
   * nothing when it can.
   */
  default Optional<String> refusal(Handshake handshake) {
    return Optional.empty();
  }

  /**
   * Begins a client's conversation. The connection is open and belongs to the shard's loop, on
   * which this and every call to the session happen.
   */
  Session open(Handshake handshake, Connection connection, HubShard shard);
}
