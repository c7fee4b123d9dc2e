package io.carillon.server.doctor;

import io.carillon.part.Finding;
import io.carillon.server.transport.TransportConfig;
import java.util.List;
import java.util.OptionalLong;

/** Whether this process may open as many sockets as it may have clients. */
final class DescriptorsCheck implements Check {

  private static final String SUBJECT = "nofile";

  private final int maxConnections;
  private final OptionalLong limit;

  DescriptorsCheck(int maxConnections, OptionalLong limit) {
    this.maxConnections = maxConnections;
    this.limit = limit;
  }

  @Override
  public List<Finding> run() {
    if (limit.isEmpty()) {
      return List.of(
          Finding.warn(
              SUBJECT,
              "the system doesn't say how many files a process may open",
              "a node with %d clients needs %d"
                  .formatted(maxConnections, FileDescriptors.needed(maxConnections))));
    }
    long allowed = limit.getAsLong();
    long needed = FileDescriptors.needed(maxConnections);
    String figures = "%d allowed, %d needed".formatted(allowed, needed);
    return List.of(
        allowed >= needed
            ? Finding.ok(SUBJECT, figures)
            : tooFew(figures + " for limits.max_connections " + maxConnections));
  }

  /** The default is a limit that the operator has not asked for. */
  private Finding tooFew(String what) {
    String advice = FileDescriptors.advice(maxConnections);
    return maxConnections == TransportConfig.DEFAULTS.maxConnections()
        ? Finding.warn(SUBJECT, what + ", which is the default", advice)
        : Finding.fail(SUBJECT, what, advice);
  }
}
