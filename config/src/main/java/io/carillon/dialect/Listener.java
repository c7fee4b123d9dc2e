package io.carillon.dialect;

/**
 * Subscribes and reads messages by one protocol. One listener serves all connections of a command,
 * one after the other.
 */
public interface Listener {

  /** A connection begins. Called by the command's thread before any line of that connection. */
  void begin(Conversation conversation);

  /** The server has sent a text message. Called by one thread at a time. */
  void onLine(String line, Conversation conversation);

  /**
   * Whether a connection's end is final.
   *
   * @param end the close code and the reason, or another text
   * @return the message for the user; empty if another connection may succeed
   */
  String finality(String end);
}
