package io.carillon.server.transport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** The lines that listeners log during one test. */
final class TlsLog implements BeforeEachCallback, AfterEachCallback {

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(TlsListener.class);

  @Override
  public void beforeEach(ExtensionContext test) {
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  List<String> said(Level level) {
    return log.list.stream()
        .filter(event -> event.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  int size() {
    return log.list.size();
  }
}
