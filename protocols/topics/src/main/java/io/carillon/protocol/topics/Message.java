package io.carillon.protocol.topics;

/** What a body says. */
sealed interface Message {

  /** Under which name a backend speaks that gives none. */
  String NAMELESS = "Server";

  /**
   * Something to publish.
   *
   * @param text trimmed, as clients' messages are
   * @param name who says it
   */
  record Text(String text, String name) implements Message {}

  /** Nothing that can be published. */
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
