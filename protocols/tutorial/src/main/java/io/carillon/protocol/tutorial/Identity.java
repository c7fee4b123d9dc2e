package io.carillon.protocol.tutorial;

import io.carillon.http.QueryParameters;
import org.jspecify.annotations.Nullable;

/** The names that a client gives itself in the query of its handshake. */
sealed interface Identity {

  /** Nothing: the client listens and asks, and is no user. */
  record None() implements Identity {}

  /** The client is this user. */
  record Named(User user) implements Identity {}

  /**
   * The parameters are wrong.
   *
   * @param advice what is expected
   */
  record Wrong(String advice) implements Identity {}

  /** Reads the parameters id, firstname and lastname: all of them, or none. */
  static Identity read(QueryParameters query) {
    String id = query.get("id").orElse(null);
    String firstname = query.get("firstname").orElse(null);
    String lastname = query.get("lastname").orElse(null);
    if (id == null && firstname == null && lastname == null) {
      return new None();
    }
    return id == null || firstname == null || lastname == null
        ? new Wrong("A user has all of id, firstname and lastname (expected: all, or none).")
        : named(id, firstname, lastname);
  }

  private static Identity named(String id, String firstname, String lastname) {
    Long number = number(id);
    if (number == null) {
      return new Wrong("The id is wrong (expected: a whole number, 1 to " + User.MAX_ID + ").");
    }
    if (!User.isName(firstname) || !User.isName(lastname)) {
      return new Wrong(
          "firstname or lastname is wrong (expected: 1 to %d bytes without control characters)."
              .formatted(User.MAX_NAME_BYTES));
    }
    return new Named(new User(number, firstname, lastname));
  }

  private static @Nullable Long number(String text) {
    if (!text.matches("[0-9]{1,16}")) {
      return null;
    }
    long number = Long.parseLong(text);
    return number < 1 || number > User.MAX_ID ? null : number;
  }
}
