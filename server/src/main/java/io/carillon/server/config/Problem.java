package io.carillon.server.config;

/**
 * Something wrong with a configuration.
 *
 * @param origin where
 * @param what the key, its value where that is no secret, and what was expected
 */
public record Problem(Origin origin, String what) {

  @Override
  public String toString() {
    return origin + ": " + what;
  }
}
