package io.carillon.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/** The secret by which an operator may look at a cluster's nodes. Immutable; never shown. */
public final class OperatorToken {

  /** Shorter ones can be guessed. */
  public static final int LEAST_BYTES = 16;

  private static final String BEARER = "Bearer ";

  private final byte[] token;

  public OperatorToken(String token) {
    this.token = token.getBytes(UTF_8);
  }

  /**
   * Whether a request shows this token. The time that this takes does not depend on where a wrong
   * token differs.
   *
   * @param authorization the value of the request's header; empty for none
   */
  boolean isShownBy(String authorization) {
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && MessageDigest.isEqual(
            token, authorization.substring(BEARER.length()).strip().getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "***";
  }
}
