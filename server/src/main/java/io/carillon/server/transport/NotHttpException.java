package io.carillon.server.transport;

/** A connection began with another protocol than HTTP. */
final class NotHttpException extends Exception {

  private final Opening opening;

  NotHttpException(Opening opening) {
    super(opening.what(), null, false, false);
    this.opening = opening;
  }

  Opening opening() {
    return opening;
  }
}
