package io.carillon.server.transport;

import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import java.util.Optional;

/** What the transport asks the node about a request. Called on event loops; never blocks. */
public interface Gatekeeper {

  /** The answer to a plain request; nothing when the node has none for its path. */
  Optional<HttpReply> answer(PlainRequest request);

  /**
   * Who takes requests with a body at this path; nothing when nobody does.
   *
   * @param path still percent-encoded
   */
  default Optional<HttpEndpoint> endpoint(String path) {
    return Optional.empty();
  }

  /**
   * Whether a path is known for WebSockets and nothing else: a plain request for it, which nothing
   * answers, was to be a handshake.
   *
   * @param path decoded
   */
  default boolean isForWebSockets(String path) {
    return path.equals("/");
  }

  /**
   * The answer to a plain request that nothing else answers.
   *
   * @param path decoded
   */
  default HttpReply nothingAt(String path) {
    return HttpReply.text(404, "Nothing is at this path.\n");
  }

  /** Why no new client is let in just now; nothing when clients are welcome. */
  Optional<HttpReply> refusal();

  /** The protocol that this handshake is for; nothing when no protocol claims it. */
  Optional<Protocol> protocol(Handshake handshake);
}
