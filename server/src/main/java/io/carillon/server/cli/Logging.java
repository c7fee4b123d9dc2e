package io.carillon.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged; where and how is logback.xml's business. */
final class Logging {

  /** The levels of {@code --log-level}. */
  enum Verbosity {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  private Logging() {}

  static void set(Verbosity verbosity) {
    Logger ours = (Logger) LoggerFactory.getLogger("io.carillon");
    ours.setLevel(Level.toLevel(verbosity.name()));
  }
}
