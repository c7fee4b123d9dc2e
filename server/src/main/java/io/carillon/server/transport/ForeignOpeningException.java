package io.carillon.server.transport;

/** A connection began with another protocol than HTTP. */
final class ForeignOpeningException extends Exception {

  private final Opening opening;

  ForeignOpeningException(Opening opening) {
    super(opening.what(), null, false, false);
    this.opening = opening;
  }

  Opening opening() {
    return opening;
  }
}
