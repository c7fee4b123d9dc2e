package io.carillon.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.carillon.server.LogConfig;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.LoggerFactory;
import tools.jackson.core.io.JsonStringEncoder;

/** The amount and format of the log; {@link LogSetup} formats the lines for people. */
final class Logging {

  private Logging() {}

  /**
   * Applies the configuration.
   *
   * @param node this node's label, part of every JSON line
   */
  static void set(LogConfig config, String node) {
    Logger ours = (Logger) LoggerFactory.getLogger("io.carillon");
    ours.setLevel(Level.toLevel(config.level().name()));
    if (config.format() == LogConfig.Format.JSON) {
      writeJson(node);
    }
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    JsonStringEncoder.getInstance().quoteAsString(text, escaped);
    return escaped.toString();
  }

  private static void writeJson(String node) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    LogstashEncoder encoder = new LogstashEncoder();
    encoder.setContext(context);
    encoder.setIncludeMdc(false);
    encoder.setCustomFields("{\"node\":\"" + escape(node) + "\"}");
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>) root.getAppender(LogSetup.APPENDER);
    appender.stop();
    appender.setEncoder(encoder);
    appender.start();
  }
}
