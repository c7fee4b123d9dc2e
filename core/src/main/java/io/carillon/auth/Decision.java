package io.carillon.auth;

/** What an {@link Authorizer} says to a command. */
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
