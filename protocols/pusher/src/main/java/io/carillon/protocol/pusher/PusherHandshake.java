package io.carillon.protocol.pusher;

import io.carillon.protocol.Handshake;

/** The form of a Pusher client's handshake. */
final class PusherHandshake {

  /**
   * Pusher's library for Apple's systems offers this subprotocol, and these systems drop a
   * connection if the answer selects none of the offered subprotocols.
   */
  private static final String SUBPROTOCOL = "pusher-channels-protocol-7";

  private static final String PATH = "/app";

  private PusherHandshake() {}

  /** Whether a path belongs to this protocol, whatever else the handshake contains. */
  static boolean isAppPath(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  /**
   * Whether only a Pusher library can have sent a handshake, at any path: all of these libraries
   * send the version of the protocol and their own name and version.
   */
  static boolean isOfLibrary(Handshake handshake) {
    return has(handshake, "protocol") && (has(handshake, "client") || has(handshake, "version"));
  }

  private static boolean has(Handshake handshake, String parameter) {
    return handshake.query().get(parameter).isPresent();
  }

  /** The part of the path after {@code /app/}; empty if there is none, and at other paths. */
  static String key(Handshake handshake) {
    String path = handshake.path();
    return isAppPath(path) ? path.substring(Math.min(path.length(), PATH.length() + 1)) : "";
  }

  /** The subprotocol of the answer; empty for none. */
  static String subprotocol(Handshake handshake) {
    return handshake.subprotocols().contains(SUBPROTOCOL) ? SUBPROTOCOL : "";
  }
}
