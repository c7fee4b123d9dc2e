package io.carillon.server.transport;

import io.carillon.http.HttpReply;

/**
 * Why {@link HttpIntake} reads no further: the body is long, and no endpoint reads it. The request
 * gets the answer that it would get without a body, because the client's mistake may be in the
 * path.
 */
final class UnreadBodyException extends Exception {

  private final transient HttpReply reply;

  UnreadBodyException(HttpReply reply) {
    super("the body is longer than what is thrown away", null, false, false);
    this.reply = reply;
  }

  HttpReply reply() {
    return reply;
  }
}
