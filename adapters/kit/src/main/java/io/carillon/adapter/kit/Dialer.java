package io.carillon.adapter.kit;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * Opens links to a broker. A driver's own recovery, buffering and replay are off: they would hide
 * losses that the node must know about, and repeat publishes whose outcome was already reported.
 */
public interface Dialer<L extends Link> {

  /** The address that this connects to, for logs, without secrets. */
  String place();

  /**
   * Connects, declares everything that a node has in the broker except its channels, and begins to
   * receive. Blocks, for a bounded time, on the supervisor's thread. If it fails, it frees its
   * resources without waiting for that.
   *
   * @throws RuntimeException the driver's, for failures that are not I/O
   */
  L open() throws IOException, TimeoutException, InterruptedException;

  /**
   * Frees what links share, such as a driver's threads. Called once, after the last link was closed
   * or has had its time to close; it waits for nothing.
   */
  default void close() {}
}
