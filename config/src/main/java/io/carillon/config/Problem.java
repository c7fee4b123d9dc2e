package io.carillon.config;

/**
 * Something wrong with a configuration.
 *
 * @param origin where
 * @param what the key, its value where that is no secret, and what was expected
 */
public record Problem(Origin origin, String what) {

  /** Whether it is one of this setting's value. */
  boolean isAbout(Setting<?> setting) {
    return what.startsWith(setting.key() + ":");
  }

  @Override
  public String toString() {
    return origin + ": " + what;
  }
}
