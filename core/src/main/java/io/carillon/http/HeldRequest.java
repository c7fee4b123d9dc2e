package io.carillon.http;

/**
 * A request that is held open, such as a long poll. Both are called on the connection's event loop,
 * and neither after the answer.
 */
public interface HeldRequest {

  /** The client has gone. No answer is sent any more. Called once, last. */
  void onGone();

  /**
   * The node closes its clients: this one is answered now or soon. The node waits for the answer
   * until its drain is over. Called at most once.
   */
  void onShutdown();
}
