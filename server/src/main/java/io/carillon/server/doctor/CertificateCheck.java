package io.carillon.server.doctor;

import io.carillon.part.Finding;
import io.carillon.server.transport.TlsFiles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether the listener's certificate can be used, and for how long. */
final class CertificateCheck implements Check {

  private static final String SUBJECT = "certificate";
  static final Duration SOON = Duration.ofDays(14);

  private final TlsFiles files;
  private final Instant now;

  CertificateCheck(TlsFiles files, Instant now) {
    this.files = files;
    this.now = now;
  }

  @Override
  public List<Finding> run() {
    try {
      TlsFiles.Summary summary = files.read(now);
      List<Finding> findings = new ArrayList<>();
      findings.add(
          summary.expiresBefore(now.plus(SOON))
              ? Finding.warn(SUBJECT, summary.text(), "renew it; a node takes it by itself")
              : Finding.ok(SUBJECT, summary.text()));
      summary
          .warnings()
          .forEach(warning -> findings.add(new Finding(Finding.Level.WARN, SUBJECT, warning)));
      return findings;
    } catch (IOException e) {
      return List.of(
          Finding.fail(SUBJECT, String.valueOf(e.getMessage()), "a node would not start"));
    }
  }
}
