package io.carillon.protocol.tutorial;

import io.carillon.hub.Frame;

/** The messages that tell a client what is wrong: {@code {"type":"error","message":"..."}}. */
final class Errors {

  private static final String EXPECTED =
      " (expected: {\\\"type\\\":\\\"get-users\\\"} or {\\\"type\\\":\\\"broadcast\\\"})";

  static final Frame NOT_JSON = error("The message is not JSON" + EXPECTED);
  static final Frame UNKNOWN = error("The message has no known type" + EXPECTED);
  static final Frame UNAVAILABLE = error("The message bus is unavailable; try again later");
  static final Frame TOO_LARGE = error("The list of users is too large for the message bus");
  static final Frame UNANSWERED =
      error("The message bus did not answer; whether clients were sent the users is unknown");
  static final Frame FAILED = error("The request failed; try again later");
  static final Frame NOT_CONNECTED =
      error("The message bus does not deliver to this connection; connect again");
  static final Frame FULL = error("There are too many users; connect again later");

  private Errors() {}

  static Frame tooMany(int perSecond) {
    return error("There are too many requests (expected: at most " + perSecond + " a second)");
  }

  private static Frame error(String message) {
    return Frame.text("{\"type\":\"error\",\"message\":\"" + message + "\"}");
  }
}
