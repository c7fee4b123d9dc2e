package io.carillon.protocol.topics;

/** The content of a body. */
sealed interface Message {

  /** The name for a backend's message without a name. */
  String NAMELESS = "Server";

  /**
   * A message that can be published.
   *
   * @param text trimmed, as clients' messages are
   * @param name the sender's name
   */
  record Text(String text, String name) implements Message {}

  /** A body that can't be published. */
  record Wrong(String why) implements Message {}

  static Message of(String text, String givenName) {
    String name = TopicsProtocol.withoutControls(givenName);
    String trimmed = TopicsConfig.trim(text);
    if (trimmed.isEmpty()) {
      return new Wrong("Message text cannot be empty.");
    }
    if (!TopicsProtocol.isName(name)) {
      return new Wrong("The name is too long (expected: at most 256 bytes).");
    }
    return new Text(trimmed, name.isEmpty() ? NAMELESS : name);
  }
}
