package io.carillon.protocol.pusher;

import io.carillon.hub.Disconnect;

/**
 * Why a connection is closed. A client's next step depends on the code alone: after 4000 to 4099 it
 * never reconnects by itself, after 4100 to 4199 it reconnects after a while, after 4200 to 4299 at
 * once (<a
 * href="https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/#connection-closure">Pusher's
 * description</a>).
 */
enum CloseCode {
  UNKNOWN_APP(4001, "Application does not exist: no app has this key"),
  APP_DISABLED(4003, "Application disabled"),
  OVER_QUOTA(4004, "Application is over its connection quota"),
  WRONG_PATH(4005, "Path not found (expected: /app/{key})"),
  INVALID_VERSION(4006, "Invalid version string format (expected: protocol=4 to 7)"),
  UNSUPPORTED_VERSION(4007, "Unsupported protocol version (expected: protocol=4 to 7)"),
  NO_VERSION(4008, "No protocol version supplied (expected: protocol=4 to 7)"),
  UNAUTHORIZED(4009, "Connection is unauthorized"),
  TERMINATED(4009, "Terminated by the application"),
  WRONG_ORIGIN(4009, "Pages of this origin may not connect"),
  NOT_AUTHENTICATED_IN_TIME(4009, "Connection not authorized within the time for it"),
  PERHAPS_OVER_QUOTA(
      4100, "Application may be over its connection quota: a node is silent; come back soon"),
  BUS_AWAY(4100, "The message bus is away; come back soon"),
  RESTART(4200, "This server is leaving; come back at once"),
  SILENT(4201, "No answer to a ping in time; come back at once");

  private final int code;
  private final String message;

  CloseCode(int code, String message) {
    this.code = code;
    this.message = message;
  }

  int code() {
    return code;
  }

  String message() {
    return message;
  }

  Disconnect disconnect() {
    return new Disconnect(code, message);
  }
}
