package io.carillon.server.balancer;

import java.time.Duration;

/** Writes a configuration line by line. Comments say why a line is there. Owned by one thread. */
final class ConfigText {

  /** How much deeper each level begins. */
  private static final String STEP = "  ";

  /** The columns of a comment. */
  private static final int WIDTH = 96;

  private final StringBuilder text = new StringBuilder();
  private String margin = "";

  /** Adds a line; without text, an empty one. */
  ConfigText line(String line) {
    text.append(line.isEmpty() ? "" : margin).append(line).append('\n');
    return this;
  }

  /** Adds a comment, for the lines that follow it, in as many lines as it needs. */
  ConfigText why(String reason) {
    StringBuilder comment = new StringBuilder("#");
    for (String word : reason.split(" ", -1)) {
      if (margin.length() + comment.length() + word.length() >= WIDTH && comment.length() > 1) {
        line(comment.toString());
        comment = new StringBuilder("#");
      }
      comment.append(' ').append(word);
    }
    return line(comment.toString());
  }

  /** Adds a comment as it is: a command, say. */
  ConfigText example(String command) {
    return line("#   " + command);
  }

  ConfigText blank() {
    return line("");
  }

  /** Adds lines that are one level deeper. */
  ConfigText block(Runnable lines) {
    String before = margin;
    margin += STEP;
    lines.run();
    margin = before;
    return this;
  }

  /** A heading, and lines that are one level deeper. */
  ConfigText block(String heading, Runnable lines) {
    return line(heading).block(lines);
  }

  /** A heading with a brace, deeper lines, and the closing brace. */
  ConfigText braces(String heading, Runnable lines) {
    return line(heading + " {").block(lines).line("}");
  }

  /** A time in whole seconds, rounded up, as all these balancers read it. */
  static String seconds(Duration time) {
    return time.plusMillis(999).toSeconds() + "s";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
