package io.carillon.auth;

/**
 * Why a client may not connect.
 *
 * @param kind what is wrong
 * @param advice a sentence that tells the client what to do; it never quotes the client's request
 */
public record Rejection(Kind kind, String advice) {

  /** What is wrong; each protocol and transport has its own code for each kind. */
  public enum Kind {
    /** The request itself is wrong. */
    INVALID,
    /** The client doesn't prove who it is. */
    UNAUTHENTICATED,
    /** The client may not connect, even if it has proved who it is. */
    FORBIDDEN
  }

  public static Rejection invalid(String advice) {
    return new Rejection(Kind.INVALID, advice);
  }

  public static Rejection unauthenticated(String advice) {
    return new Rejection(Kind.UNAUTHENTICATED, advice);
  }

  public static Rejection forbidden(String advice) {
    return new Rejection(Kind.FORBIDDEN, advice);
  }
}
