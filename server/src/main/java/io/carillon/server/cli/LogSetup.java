package io.carillon.server.cli;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.carillon.part.BrokerDriver;
import io.carillon.server.Parts;
import org.slf4j.Logger;

/**
 * The log before a configuration is read: lines for people on standard error. Logback finds it by
 * {@code META-INF/services}, and calls it once, on the thread that logs first.
 *
 * <p>This class replaces a logback.xml, because reading one takes longer than everything else at a
 * node's start. A file that {@code -Dlogback.configurationFile} names comes before it.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

  /** The appender for all log lines. */
  static final String APPENDER = "STDERR";

  /** Replaces control characters, because one in a client's name could forge log lines. */
  private static final String LINE =
      "%d{HH:mm:ss.SSS} %-5level %-24.24logger{0}"
          + " %replace(%msg){'[\\p{Cc}\\p{Zl}\\p{Zp}]+', ' '}%n%ex";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    context.getLogger("io.carillon").setLevel(Level.INFO);
    for (BrokerDriver driver : Parts.brokers()) {
      driver.quietLoggers().forEach(name -> context.getLogger(name).setLevel(Level.OFF));
    }
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender(context));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static ConsoleAppender<ILoggingEvent> appender(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(LINE);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName(APPENDER);
    appender.setTarget(ConsoleTarget.SystemErr.getName());
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
