package io.carillon.protocol.pusher.api;

/** Why a request was not fulfilled; its name in answers and metrics. */
public enum ApiFault {
  /** Its path does not exist. */
  NOT_FOUND(404),
  /** Its path exists, for another method. */
  METHOD_NOT_ALLOWED(405),
  /**
   * Its app or key is unknown, or its signature, time or digest is wrong: a stranger may be
   * guessing.
   */
  UNAUTHORIZED(401),
  /** Its app is turned off. */
  APP_DISABLED(403),
  /** The request asks for something that is not possible. */
  INVALID(400),
  /** Its body, or an event's data, is too long. */
  TOO_LARGE(413),
  /** Its body is compressed. */
  UNSUPPORTED_CODING(415),
  /** Its app has used up its rate for this second. */
  TOO_MANY(429),
  /** The node is stopping, or its broker is away; it did not try to publish. */
  UNAVAILABLE(503),
  /** The broker did not accept it: it was certainly not sent. */
  NOT_SENT(503),
  /**
   * Whether it was sent is unknown. The status is not 503, because balancers and clients may repeat
   * a 503.
   */
  UNKNOWN(504),
  /** A part of it was sent, or may have been. */
  PARTLY_SENT(504);

  private final int status;

  ApiFault(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }
}
