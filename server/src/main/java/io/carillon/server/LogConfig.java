package io.carillon.server;

/**
 * The amount and the format of the log.
 *
 * @param level the amount
 * @param format the format
 */
public record LogConfig(Level level, Format format) {

  public static final LogConfig DEFAULTS = new LogConfig(Level.INFO, Format.TEXT);

  /** The amount of the log. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  /** The format of the log. */
  public enum Format {
    /** A line for people. */
    TEXT,
    /** A JSON object a line. */
    JSON
  }
}
