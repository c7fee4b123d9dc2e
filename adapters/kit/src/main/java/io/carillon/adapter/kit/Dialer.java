package io.carillon.adapter.kit;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * Opens links to a broker. A driver's own recovery, buffering and replay are off: they would repair
 * unseen what the node must know about, and repeat publishes whose outcome was told already.
 */
public interface Dialer<L extends Link> {

  /** Where this connects to, for people, without secrets. */
  String place();

  /**
   * Connects, declares what a node has in the broker but for its channels, and begins to receive.
   * Blocks, for a bounded time, on the supervisor's thread. Frees what it has made when it fails,
   * without waiting for that.
   *
   * @throws RuntimeException of the driver's for failures that are not I/O
   */
  L open() throws IOException, TimeoutException, InterruptedException;
}
