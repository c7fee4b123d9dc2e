package io.carillon.auth;

/** What an {@link Authorizer} says to who wants to come in. */
public sealed interface Admission {

  /** It may. */
  record Granted(Grant grant) implements Admission {}

  /** It may not. */
  record Refused(Rejection why) implements Admission {}
}
