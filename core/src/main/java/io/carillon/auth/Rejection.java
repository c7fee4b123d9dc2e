package io.carillon.auth;

/**
 * Why a client is not let in.
 *
 * @param kind what is wrong
 * @param advice a sentence for who has sent it: what to do; never what it has sent
 */
public record Rejection(Kind kind, String advice) {

  /** What is wrong; each protocol and transport has its own code for it. */
  public enum Kind {
    /** The request itself. */
    INVALID,
    /** It doesn't prove who it is. */
    UNAUTHENTICATED,
    /** Whoever it is, it may not. */
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
