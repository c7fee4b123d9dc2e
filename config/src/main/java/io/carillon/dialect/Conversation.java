package io.carillon.dialect;

/**
 * One connection of {@code carillon subscribe}, as a {@link Listener} uses it. Any thread may call
 * it; no call waits.
 */
public interface Conversation {

  /** Sends a text message soon, after those before it. */
  void send(String text);

  /** The first subscription succeeded. */
  void joined();

  /** Whether a subscription has succeeded on this connection. */
  boolean hasJoined();

  /** Prints a message of the channels that the user asked for. */
  void deliver(String message);

  /** The connection is no longer useful; another connection may be. */
  void end(String why);

  /** Neither this connection nor another one can be useful. */
  void refuse(String why);

  /**
   * The server has sent a line that this protocol does not have. Before the first subscription the
   * command refuses the server if another dialect recognises the line.
   */
  void unrecognised(String line);
}
