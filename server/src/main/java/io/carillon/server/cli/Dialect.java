package io.carillon.server.cli;

/**
 * One protocol's way to subscribe and to read messages. It serves all connections of a command, one
 * after the other.
 */
interface Dialect {

  /** A connection begins. Called by the command's thread before any line of that connection. */
  void begin(Conversation conversation);

  /** The server says something. Called by one thread at a time. */
  void onLine(String line, Conversation conversation);

  /**
   * Whether a connection's end is final.
   *
   * @param end the close code and the reason, or another text
   * @return what to tell the user; empty where another connection may do better
   */
  String finality(String end);
}
