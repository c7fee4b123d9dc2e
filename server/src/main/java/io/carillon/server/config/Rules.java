package io.carillon.server.config;

import io.carillon.config.Configuration;
import io.carillon.config.Problem;
import io.carillon.server.DrainConfig;
import java.time.Duration;
import java.util.List;

/** Rules about the node's own keys. */
final class Rules {

  private Rules() {}

  static void check(Configuration values, List<Problem> problems) {
    drainFits(values, problems);
    tlsIsWhole(values, problems);
    metricsHaveAPort(values, problems);
    ProxySettings.check(values, problems);
  }

  private static void drainFits(Configuration values, List<Problem> problems) {
    Duration least =
        values
            .get(Settings.DRAIN_ANNOUNCE)
            .plus(values.get(Settings.DRAIN_WINDOW))
            .plus(DrainConfig.RESERVE);
    if (values.get(Settings.DRAIN_DEADLINE).compareTo(least) < 0) {
      problems.add(
          values.problem(
              Settings.DRAIN_DEADLINE,
              "%d ms (expected: at least announce + window + %d ms, together %d ms)"
                  .formatted(
                      values.get(Settings.DRAIN_DEADLINE).toMillis(),
                      DrainConfig.RESERVE.toMillis(),
                      least.toMillis())));
    }
  }

  /** The same port on different addresses may be intended. */
  private static void metricsHaveAPort(Configuration values, List<Problem> problems) {
    int port = values.get(Settings.METRICS_PORT);
    if (values.get(Settings.METRICS_ENABLED)
        && port != 0
        && port == values.get(Settings.PORT)
        && values.get(Settings.METRICS_HOST).equals(values.get(Settings.HOST))) {
      problems.add(
          values.problem(
              Settings.METRICS_PORT,
              "%d (expected: another port than the clients')".formatted(port)));
    }
  }

  private static void tlsIsWhole(Configuration values, List<Problem> problems) {
    boolean certificate = values.find(Settings.TLS_CERTIFICATE).isPresent();
    boolean key = values.find(Settings.TLS_KEY).isPresent();
    if (certificate && !key) {
      problems.add(
          values.problem(
              Settings.TLS_CERTIFICATE,
              "without its key (expected: tls.key, too; the same file where it holds both)"));
    } else if (key && !certificate) {
      problems.add(
          values.problem(
              Settings.TLS_KEY, "without its certificate (expected: tls.certificate, too)"));
    }
  }
}
