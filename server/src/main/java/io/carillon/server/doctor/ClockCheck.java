package io.carillon.server.doctor;

import io.carillon.part.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Whether this machine's clock is plausible: the times of gaps and the validity of certificates
 * depend on it.
 */
final class ClockCheck implements Check {

  private static final String SUBJECT = "clock";
  private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Path SYNCHRONIZED = Path.of("/run/systemd/timesync/synchronized");

  private final Instant now;

  ClockCheck(Instant now) {
    this.now = now;
  }

  @Override
  public List<Finding> run() {
    String shown = now.truncatedTo(ChronoUnit.SECONDS).toString();
    if (now.isBefore(EARLIEST)) {
      return List.of(
          Finding.fail(
              SUBJECT, shown + " is before this program was written", "set it, and run NTP"));
    }
    String sync = Files.exists(SYNCHRONIZED) ? ", synchronized" : "; see that NTP keeps it right";
    return List.of(Finding.ok(SUBJECT, shown + sync));
  }
}
