package io.carillon.config;

/**
 * The text that replaces a secret in a printed configuration. No secret may be the same text,
 * because a printed configuration that is used as a file would open an app to everybody.
 */
public final class HiddenSecret {

  public static final String SHOWN = "***";

  private HiddenSecret() {}

  /**
   * Accepts every secret except {@link #SHOWN}.
   *
   * @throws IllegalArgumentException if the secret is that text
   */
  public static void refuse(String secret) {
    if (secret.equals(SHOWN)) {
      throw new IllegalArgumentException(
          SHOWN + " (expected: the secret itself; config --effective hides it)");
    }
  }
}
