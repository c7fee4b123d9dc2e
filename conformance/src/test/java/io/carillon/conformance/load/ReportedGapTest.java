package io.carillon.conformance.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportedGapTest {

  @Test
  void readsTheLineOfALog() {
    String line =
        "06:00:00.123 WARN  io.carillon.hub.Hub      Messages may have been missed: RabbitMQ was"
            + " away: Connection reset; from here; channels: many;"
            + " from 2026-11-22T06:00:00Z to 2026-11-22T06:00:05.123456Z";

    assertThat(ReportedGap.among(List.of("something else", line)))
        .containsExactly(
            new ReportedGap(
                "RabbitMQ was away: Connection reset; from here",
                new Window(
                    Instant.parse("2026-11-22T06:00:00Z"),
                    Instant.parse("2026-11-22T06:00:05.123456Z"))));
  }
}
