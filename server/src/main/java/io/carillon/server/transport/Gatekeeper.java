package io.carillon.server.transport;

import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoutes;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import java.util.Optional;

/**
 * The node's decisions about a request, as the transport asks for them. Called on event loops;
 * never blocks.
 */
public interface Gatekeeper {

  /** The routes of plain requests. */
  HttpRoutes routes();

  /** Why new clients are refused now; empty if they are accepted. */
  Optional<HttpReply> refusal();

  /** The protocol of this handshake; empty if no protocol claims it. */
  Optional<Protocol> protocol(Handshake handshake);
}
