package io.carillon.auth;

/** Reads tokens. Thread-safe; called on event loops, so it never blocks. Never throws. */
@FunctionalInterface
public interface TokenVerifier {

  /** What a token grants, or why it grants nothing; the reason never quotes the token. */
  Admission verify(String token);
}
