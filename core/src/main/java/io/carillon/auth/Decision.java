package io.carillon.auth;

/** The answer of an {@link Authorizer} to a command. */
public enum Decision {
  ALLOW,
  DENY;

  static Decision of(boolean allowed) {
    return allowed ? ALLOW : DENY;
  }

  public boolean isAllowed() {
    return this == ALLOW;
  }
}
