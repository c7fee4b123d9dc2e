package io.carillon.config;

/**
 * Where a value was given, in the form in which a person would look for it.
 *
 * @param text such as {@code carillon.yaml:12}, {@code PORT} or {@code --port}
 * @param line the line in a file, from 1; 0 elsewhere
 */
public record SourceLocation(String text, int line) {

  public static final SourceLocation DEFAULT = new SourceLocation("default");

  public SourceLocation(String text) {
    this(text, 0);
  }

  static SourceLocation line(String file, int line) {
    return new SourceLocation(file + ":" + line, line);
  }

  /** Whether its source wins over the other's: flags over the environment, both over the file. */
  public boolean isLaterThan(SourceLocation other) {
    return rank() > other.rank();
  }

  /** An origin in a file has a line. */
  private int rank() {
    if (line > 0) {
      return 0;
    }
    return text.startsWith("--") ? 2 : 1;
  }

  @Override
  public String toString() {
    return text;
  }
}
