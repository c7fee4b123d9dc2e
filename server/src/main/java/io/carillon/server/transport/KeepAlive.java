package io.carillon.server.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long idle HTTP connections are kept, and whether they are kept: a node that leaves keeps
 * none. One per listener; any thread.
 */
final class KeepAlive {

  /**
   * How much longer a connection is kept than its client is told, so that a request that the client
   * sends at the last moment still arrives.
   */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Duration patience;
  private final @Nullable String header;

  /** Set by the thread that stops the node, read by event loops. */
  private volatile boolean over;

  /**
   * @param told the time that clients are told
   */
  KeepAlive(Duration told) {
    this.patience = told.plus(GRACE);
    this.header = told.toSeconds() == 0 ? null : "timeout=" + told.toSeconds();
  }

  /** From now on every answer is its connection's last. */
  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /** How long an idle connection is kept. */
  Duration patience() {
    return patience;
  }

  /** The header {@code Keep-Alive}, in whole seconds; null for less than one. */
  @Nullable String header() {
    return header;
  }
}
