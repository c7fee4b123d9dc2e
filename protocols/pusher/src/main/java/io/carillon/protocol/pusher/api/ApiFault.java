package io.carillon.protocol.pusher.api;

/** Why a request was not fulfilled; its name in answers and metrics. */
public enum ApiFault {
  /** Nothing is at its path. */
  NOT_FOUND(404),
  /** Something is there, for another method. */
  METHOD_NOT_ALLOWED(405),
  /**
   * Its app or key is unknown, or its signature, time or digest wrong: somebody may be guessing.
   */
  UNAUTHORIZED(401),
  /** Its app is turned off. */
  APP_DISABLED(403),
  /** It says what can't be done. */
  INVALID(400),
  /** Its body, or an event's data, is too long. */
  TOO_LARGE(413),
  /** Its body is compressed. */
  UNSUPPORTED_CODING(415),
  /** Its app has asked for more than it may, for this second. */
  TOO_MANY(429),
  /** The node ends, or its bus is away; nothing was tried. */
  UNAVAILABLE(503),
  /** The broker did not take it: it was certainly not sent. */
  NOT_SENT(503),
  /** Nobody knows whether it was sent. Balancers and clients may repeat a 503, so it is none. */
  UNKNOWN(504),
  /** Some of it was sent, or may have been. */
  PARTLY_SENT(504);

  private final int status;

  ApiFault(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }
}
