package io.carillon.dialect;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** One protocol as commands speak it with a node. Stateless; any thread may call it. */
public interface Dialect {

  /** Whether a URL is one to which clients of this protocol connect. */
  boolean isFor(URI url);

  /**
   * The query with which a client opens its WebSocket.
   *
   * @param query the query of the typed URL, percent-encoded; empty for none
   */
  default String handshakeQuery(String query) {
    return query;
  }

  /**
   * Judges the first message of a server.
   *
   * @param message the message
   * @param url the typed URL, of this protocol
   * @param others what the other dialects recognise in a message
   */
  Greeting greeting(String message, URI url, Function<String, Optional<Recognition>> others);

  /** Recognises a server of this protocol by a message; empty if the message shows none. */
  Optional<Recognition> recognise(String message);

  /** How {@code carillon publish} publishes; empty if it can't by this protocol. */
  default Optional<PublishDialect> publishing() {
    return Optional.empty();
  }

  /** How {@code carillon subscribe} subscribes; empty if it can't by this protocol. */
  default Optional<SubscribeDialect> subscribing() {
    return Optional.empty();
  }
}
