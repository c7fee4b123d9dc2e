package io.carillon.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.protocol.topics.TopicsConfig;
import io.carillon.protocol.topics.TopicsProtocol;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

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

  static Message of(String text, String name) {
    String trimmed = TopicsConfig.trim(text);
    if (trimmed.isEmpty()) {
      return new Wrong("Message text cannot be empty.");
    }
    if (!TopicsProtocol.isName(name)) {
      return new Wrong("The name is too long (expected: at most 256 bytes).");
    }
    return new Text(trimmed, name.isEmpty() ? NAMELESS : name);
  }

  /** Reads plain text. */
  static Message ofPlain(byte[] body) {
    try {
      return of(UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString(), NAMELESS);
    } catch (CharacterCodingException e) {
      return new Wrong("The body is not UTF-8.");
    }
  }
}
