package io.carillon.server.transport;

/**
 * Why {@link HttpIntake} reads no further: the body is long, and nobody wants it. The request gets
 * the answer that it would get without a body, since its path is what the client may have to mend.
 */
final class UnreadBodyException extends Exception {

  UnreadBodyException() {
    super("the body is longer than what is thrown away", null, false, false);
  }
}
