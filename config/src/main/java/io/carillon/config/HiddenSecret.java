package io.carillon.config;

/**
 * What stands in place of a secret where a configuration is printed. No secret may be the same
 * text: a printed configuration that is used as a file would open an app to everybody.
 */
public final class HiddenSecret {

  public static final String SHOWN = "***";

  private HiddenSecret() {}

  /**
   * Takes every secret but {@link #SHOWN}.
   *
   * @throws IllegalArgumentException when it is that
   */
  public static void refuse(String secret) {
    if (secret.equals(SHOWN)) {
      throw new IllegalArgumentException(
          SHOWN + " (expected: the secret itself; config --effective hides it)");
    }
  }
}
