package io.carillon.dialect;

/** The result of reading a server's first message. */
public sealed interface Greeting {

  /**
   * A node that serves this client.
   *
   * @param text the message, for people
   */
  record Welcome(String text) implements Greeting {}

  /**
   * A refusal, or a server of another protocol.
   *
   * @param text the message or its meaning, for people
   * @param advice what the user can do
   */
  record Wrong(String text, String advice) implements Greeting {}
}
