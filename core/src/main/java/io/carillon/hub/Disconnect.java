package io.carillon.hub;

/**
 * Why the server ends a connection, as the client's wire says it (RFC 6455 section 7.4).
 *
 * @param code the close code
 * @param reason a few words, at most 123 bytes of UTF-8
 * @param kind which sort of end it is, to those who count them
 */
public record Disconnect(int code, String reason, Kind kind) {

  /** Codes are each protocol's own; this is what they have in common. */
  public enum Kind {
    /** What the client has shown to come in holds no longer. */
    EXPIRED,
    /** Anything else. */
    OTHER
  }

  /** The node is going down; reconnecting reaches another one. */
  public static final Disconnect RESTART = new Disconnect(1012, "service restart");

  /** The client reads too slowly; reconnecting starts afresh. */
  public static final Disconnect SLOW_CONSUMER = new Disconnect(1013, "slow consumer");

  /** The node can't serve this connection. */
  public static final Disconnect INTERNAL_ERROR = new Disconnect(1011, "internal error");

  public Disconnect(int code, String reason) {
    this(code, reason, Kind.OTHER);
  }

  /** What the client has shown to come in holds no longer. */
  public static Disconnect expired(int code, String reason) {
    return new Disconnect(code, reason, Kind.EXPIRED);
  }
}
