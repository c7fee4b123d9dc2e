package io.carillon.protocol;

import io.carillon.hub.Disconnect;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One client's conversation in one protocol: turns its messages into commands to the hub. Owned by
 * the connection's event loop; never called concurrently.
 */
public interface Session {

  /**
   * A text message. Not called while the session has paused its connection.
   *
   * @param text valid Unicode
   */
  void onText(String text);

  /** A binary message. Not called while the session has paused its connection. */
  void onBinary(byte[] data);

  /** Some time has passed: called once per heartbeat, even while the connection is paused. */
  default void onBeat() {}

  /**
   * Nothing has arrived from the client for two heartbeats, not even the answer to a ping.
   *
   * @return the close code for the client, in case that it still receives anything; empty to end
   *     the connection without a close frame
   */
  default Optional<Disconnect> onSilence() {
    return Optional.empty();
  }

  /**
   * The node shuts down. The session accepts no more commands.
   *
   * @return completes, on the connection's loop, with the close code for this client, when every
   *     earlier command of the client is answered
   */
  CompletionStage<Disconnect> onShutdown();

  /** The connection has ended, for whatever reason. Called once, last. */
  void onClosed();
}
