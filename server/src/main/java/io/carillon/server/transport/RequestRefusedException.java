package io.carillon.server.transport;

import io.carillon.http.HttpReply;

/** Why {@link HttpIntake} reads no further: in the place of what the codec says of bad requests. */
final class RequestRefusedException extends Exception {

  private final transient HttpReply reply;

  RequestRefusedException(HttpReply reply) {
    super("answered with " + reply.status(), null, false, false);
    this.reply = reply;
  }

  HttpReply reply() {
    return reply;
  }
}
