package io.carillon.hub;

/**
 * Why the server closes a connection, as the client's wire says it (RFC 6455 section 7.4).
 *
 * @param code the close code
 * @param reason a few words, at most 123 bytes of UTF-8
 * @param kind the sort of the end, for counters
 */
public record Disconnect(int code, String reason, Kind kind) {

  /** Codes belong to each protocol; the kind is what they have in common. */
  public enum Kind {
    /** The client's token is no longer valid. */
    EXPIRED,
    /** Anything else. */
    OTHER
  }

  /** The node shuts down; reconnecting reaches another node. */
  public static final Disconnect RESTART = new Disconnect(1012, "service restart");

  /** The client reads too slowly; reconnecting starts afresh. */
  public static final Disconnect SLOW_CONSUMER = new Disconnect(1013, "slow consumer");

  /** The node can't serve this connection. */
  public static final Disconnect INTERNAL_ERROR = new Disconnect(1011, "internal error");

  public Disconnect(int code, String reason) {
    this(code, reason, Kind.OTHER);
  }

  /** The client's token is no longer valid. */
  public static Disconnect expired(int code, String reason) {
    return new Disconnect(code, reason, Kind.EXPIRED);
  }
}
