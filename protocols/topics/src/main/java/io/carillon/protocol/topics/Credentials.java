package io.carillon.protocol.topics;

import io.carillon.protocol.Handshake;
import java.util.List;
import java.util.Optional;

/**
 * The places in which a handshake may carry a token: a header, a subprotocol (the only header that
 * scripts in browsers can set), or the query. If there are several tokens, the first of these
 * counts.
 */
final class Credentials {

  /** The subprotocol's name. */
  static final String TOPICS = "carillon.topics.v1";

  private static final String BEARER_HEADER = "Bearer ";
  private static final String BEARER_SUBPROTOCOL = "bearer.";

  /** A subprotocol that begins like this may be a token, written in an unforeseen way. */
  private static final String SUSPECT = "bearer";

  private Credentials() {}

  /** The token; empty for none. */
  static String token(Handshake handshake) {
    String header = handshake.authorization();
    if (header.regionMatches(true, 0, BEARER_HEADER, 0, BEARER_HEADER.length())) {
      return header.substring(BEARER_HEADER.length()).strip();
    }
    Optional<String> offered =
        handshake.subprotocols().stream().filter(Credentials::isToken).findFirst();
    return offered
        .map(token -> token.substring(BEARER_SUBPROTOCOL.length()))
        .or(() -> handshake.query().get("token"))
        .orElse("");
  }

  /**
   * The subprotocol of the answer: Carillon's if the client offers it, else the first, as in the
   * demo; never one that is a token.
   */
  static String subprotocol(Handshake handshake) {
    List<String> offered = handshake.subprotocols();
    if (offered.contains(TOPICS)) {
      return TOPICS;
    }
    return offered.stream().filter(name -> !beginsWith(SUSPECT, name)).findFirst().orElse("");
  }

  private static boolean isToken(String subprotocol) {
    return beginsWith(BEARER_SUBPROTOCOL, subprotocol);
  }

  private static boolean beginsWith(String prefix, String name) {
    return name.regionMatches(true, 0, prefix, 0, prefix.length());
  }
}
