package io.carillon.auth;

/** The answer of an {@link Authorizer} to a client that wants to connect. */
public sealed interface Admission {

  /** The client may connect. */
  record Granted(Grant grant) implements Admission {}

  /** The client may not connect. */
  record Refused(Rejection why) implements Admission {}
}
