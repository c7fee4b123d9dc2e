package io.carillon.server.transport;

import io.carillon.http.ClientAddress;
import io.netty.util.AttributeKey;

/**
 * What the PROXY protocol said of a connection.
 *
 * @param address the other end of the connection that the proxy has accepted
 * @param kind the origin of the connection
 */
record ProxiedSource(ClientAddress address, Kind kind) {

  /** An attribute of connections that began with the PROXY protocol, until they are WebSockets. */
  static final AttributeKey<ProxiedSource> KEY =
      AttributeKey.valueOf(ProxiedSource.class, "source");

  enum Kind {
    /** The proxy passes on the connection of a client, or of a further proxy. */
    CONNECTION,
    /** The proxy asks for itself, or passes on a connection whose address it doesn't tell. */
    UNSPECIFIED
  }
}
