package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated("reads what is logged")
class OpeningWarningsTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(OpeningWarnings.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private long nanos = Long.MAX_VALUE - 5;

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(lines);
  }

  @Test
  void warnsOnceAMinuteOfEachProtocolAndSaysHowMany() {
    OpeningWarnings warnings = new OpeningWarnings(() -> nanos);
    for (int i = 0; i < 60; i++) {
      warnings.add(Opening.TLS);
      nanos += TimeUnit.SECONDS.toNanos(1);
    }
    warnings.add(Opening.PROXY_2);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .satisfiesExactly(
            line -> assertThat(line).contains("TLS on a port without TLS; 1 so far", "tls.key"),
            line -> assertThat(line).contains("the PROXY protocol", "1 so far", "send-proxy"));
    warnings.add(Opening.TLS);
    assertThat(lines.list).hasSize(3);
    assertThat(lines.list.getLast().getFormattedMessage()).contains("61 so far");
  }
}
