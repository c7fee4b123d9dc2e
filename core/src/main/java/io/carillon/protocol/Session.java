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

  /** Some time has passed: called once a heartbeat, also while the connection is paused. */
  default void onBeat() {}

  /**
   * Nothing has come from the client for two heartbeats, not even the answer to a ping.
   *
   * @return how it is told so, should it hear anything yet; nothing where it is cut off
   */
  default Optional<Disconnect> onSilence() {
    return Optional.empty();
  }

  /**
   * The node goes down. Takes no more commands.
   *
   * @return completes, on the connection's loop, with how this client is told so, once it knows
   *     what became of what it asked for before
   */
  CompletionStage<Disconnect> onShutdown();

  /** The connection has ended, for whatever reason. Called once, last. */
  void onClosed();
}
