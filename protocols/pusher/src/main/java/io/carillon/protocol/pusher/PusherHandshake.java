package io.carillon.protocol.pusher;

import io.carillon.protocol.Handshake;

/** How a handshake of a Pusher client looks. */
final class PusherHandshake {

  /**
   * Pusher's library for Apple's systems offers it, and these systems drop a connection whose
   * answer selects nothing of what was offered.
   */
  private static final String SUBPROTOCOL = "pusher-channels-protocol-7";

  private static final String PATH = "/app";

  private PusherHandshake() {}

  /** Whether a path is this protocol's, whatever else the handshake says. */
  static boolean isAppPath(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  /**
   * Whether a handshake can only come from a Pusher library, at whatever path: all of them send the
   * version of the protocol and their own name and version.
   */
  static boolean isOfLibrary(Handshake handshake) {
    return has(handshake, "protocol") && (has(handshake, "client") || has(handshake, "version"));
  }

  private static boolean has(Handshake handshake, String parameter) {
    return handshake.query().get(parameter).isPresent();
  }

  /** What stands behind {@code /app/}; empty where nothing does, and at other paths. */
  static String key(Handshake handshake) {
    String path = handshake.path();
    return isAppPath(path) ? path.substring(Math.min(path.length(), PATH.length() + 1)) : "";
  }

  /** The subprotocol to answer with; empty for none. */
  static String subprotocol(Handshake handshake) {
    return handshake.subprotocols().contains(SUBPROTOCOL) ? SUBPROTOCOL : "";
  }
}
