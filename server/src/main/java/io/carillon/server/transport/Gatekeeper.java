package io.carillon.server.transport;

import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoutes;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import java.util.Optional;

/** What the transport asks the node about a request. Called on event loops; never blocks. */
public interface Gatekeeper {

  /** Where plain requests go. */
  HttpRoutes routes();

  /** Why no new client is let in just now; nothing when clients are welcome. */
  Optional<HttpReply> refusal();

  /** The protocol that this handshake is for; nothing when no protocol claims it. */
  Optional<Protocol> protocol(Handshake handshake);
}
