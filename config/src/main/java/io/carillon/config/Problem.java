package io.carillon.config;

/**
 * A problem of a configuration.
 *
 * @param origin its place
 * @param what the key, its value if that is not secret, and the expectation
 */
public record Problem(SourceLocation origin, String what) {

  /** Whether the problem is about this setting's value. */
  boolean isAbout(Setting<?> setting) {
    return what.startsWith(setting.key() + ":");
  }

  @Override
  public String toString() {
    return origin + ": " + what;
  }
}
