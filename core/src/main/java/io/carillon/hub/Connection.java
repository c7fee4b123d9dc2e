package io.carillon.hub;

/**
 * What the core may do to a client's socket. Owned by one event loop, and only that loop's thread
 * calls it.
 */
public interface Connection {

  /** Unique in the cluster; logs name the connection by it. */
  String id();

  /**
   * Queues a frame, or several joined ones; it leaves with the loop's next flush. Frames leave in
   * the order in which they were sent. A closing or closed connection drops the frame. Never calls
   * back into the core.
   */
  void send(Frame frame);

  /** Sends the queued frames, then a close frame, then ends the connection. Idempotent. */
  void close(Disconnect why);

  /**
   * Hands no further message to the session until {@link #resumeReading}. The socket is not read
   * meanwhile, so that TCP slows the client down. A connection that is not read is not taken for
   * dead.
   */
  void pauseReading();

  /** Ends a pause; messages that were received meanwhile are handed over first, in order. */
  void resumeReading();
}
