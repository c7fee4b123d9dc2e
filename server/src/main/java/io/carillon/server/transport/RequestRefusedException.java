package io.carillon.server.transport;

import io.carillon.http.HttpReply;

/** Why {@link HttpIntake} reads no further; replaces the codec's reports of bad requests. */
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
