package io.carillon.server.cli;

/**
 * One protocol's way to subscribe and to read messages. One dialect serves all connections of a
 * command, one after the other.
 */
interface Dialect {

  /** A connection begins. Called by the command's thread before any line of that connection. */
  void begin(Conversation conversation);

  /** The server has sent a line. Called by one thread at a time. */
  void onLine(String line, Conversation conversation);

  /**
   * Whether a connection's end is final.
   *
   * @param end the close code and the reason, or another text
   * @return the message for the user; empty if another connection may succeed
   */
  String finality(String end);
}
