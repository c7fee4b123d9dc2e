package io.carillon.server.metrics;

import java.util.regex.Pattern;

/** Whether and where a node serves its metrics. */
public sealed interface MetricsConfig {

  /** The node serves no metrics. */
  record Off() implements MetricsConfig {}

  /**
   * At {@code /metrics} on a port of its own.
   *
   * @param host the address to listen on
   * @param port the port; 0 lets the system choose
   * @param prefix the beginning of the names, before an underscore
   */
  record Prometheus(String host, int port, String prefix) implements MetricsConfig {

    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");

    /** The usual port of metrics among servers of this kind. */
    public static final Prometheus DEFAULTS = new Prometheus("127.0.0.1", 9601, "carillon");

    public Prometheus {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("metrics port: " + port + " (expected: 0 to 65535)");
      }
      if (!PREFIX.matcher(prefix).matches()) {
        throw new IllegalArgumentException(
            "metrics prefix: \"" + prefix + "\" (expected: letters, digits and _)");
      }
    }
  }
}
