package io.carillon.server.transport;

/** A client broke RFC 6455 or a limit; the connection is closed with this code. */
final class WebSocketException extends Exception {

  static final int PROTOCOL_ERROR = 1002;
  static final int INVALID_PAYLOAD = 1007;
  static final int TOO_BIG = 1009;

  private final int code;

  WebSocketException(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static WebSocketException protocolError(String message) {
    return new WebSocketException(PROTOCOL_ERROR, message);
  }

  int code() {
    return code;
  }
}
