package io.carillon.server;

/**
 * What is logged, and how it looks.
 *
 * @param level how much
 * @param format how it looks
 */
public record LogConfig(Level level, Format format) {

  public static final LogConfig DEFAULTS = new LogConfig(Level.INFO, Format.TEXT);

  /** How much is logged. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  /** How it looks. */
  public enum Format {
    /** A line for people. */
    TEXT,
    /** A JSON object a line. */
    JSON
  }
}
