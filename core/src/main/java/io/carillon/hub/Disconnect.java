package io.carillon.hub;

/**
 * Why the server ends a connection, as the client's wire says it (RFC 6455 section 7.4).
 *
 * @param code the close code
 * @param reason a few words, at most 123 bytes of UTF-8
 */
public record Disconnect(int code, String reason) {

  /** The node is going down; reconnecting reaches another one. */
  public static final Disconnect RESTART = new Disconnect(1012, "service restart");

  /** The client reads too slowly; reconnecting starts afresh. */
  public static final Disconnect SLOW_CONSUMER = new Disconnect(1013, "slow consumer");

  /** What the client has shown to come in holds no longer; it needs a new token to come back. */
  public static final Disconnect TOKEN_EXPIRED = new Disconnect(4401, "token expired");

  /** The node can't serve this connection. */
  public static final Disconnect INTERNAL_ERROR = new Disconnect(1011, "internal error");
}
