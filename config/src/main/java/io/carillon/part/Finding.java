package io.carillon.part;

/**
 * A finding of a check.
 *
 * @param level how bad it is
 * @param subject the thing that was checked
 * @param text the finding, and what to do if it is not ok
 */
public record Finding(Level level, String subject, String text) {

  /** How bad it is. */
  public enum Level {
    OK("ok  "),
    WARN("warn"),
    FAIL("FAIL");

    private final String shown;

    Level(String shown) {
      this.shown = shown;
    }
  }

  /** Nothing to do. */
  public static Finding ok(String subject, String text) {
    return new Finding(Level.OK, subject, text);
  }

  /** Odd, or a risk. */
  public static Finding warn(String subject, String text, String advice) {
    return new Finding(Level.WARN, subject, text + "; " + advice);
  }

  /** It does not work. */
  public static Finding fail(String subject, String text, String advice) {
    return new Finding(Level.FAIL, subject, text + "; " + advice);
  }

  /** In one line, whatever text a server or a proxy has answered. */
  @Override
  public String toString() {
    String line = "%s  %-11s %s".formatted(level.shown, subject, text);
    return line.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
  }
}
