package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of bodies that can be published. */
enum BodyType {
  TEXT("text/plain") {
    @Override
    Message read(String body) {
      return Message.of(body, Message.NAMELESS);
    }
  },
  JSON("application/json") {
    @Override
    Message read(String body) {
      return JsonMessage.read(body);
    }
  };

  /** Some editors begin a file with it. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String mediaType;

  BodyType(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Reads a body, which must be UTF-8 for every kind. */
  Message read(byte[] body) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return read(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return new Message.Wrong("The body is not UTF-8.");
    }
  }

  abstract Message read(String body);

  /**
   * The kind that a Content-Type names; text if the header is missing; empty for other types, and
   * for text that is not in UTF-8.
   */
  static Optional<BodyType> of(String contentType) {
    if (contentType.isBlank()) {
      return Optional.of(TEXT);
    }
    List<String> parts =
        Arrays.stream(contentType.toLowerCase(Locale.ROOT).split(";", -1))
            .map(String::strip)
            .toList();
    boolean inUtf8 =
        parts.stream()
            .map(part -> part.split("=", 2))
            .filter(pair -> pair.length == 2 && pair[0].strip().equals("charset"))
            .map(pair -> pair[1].replace("\"", "").strip())
            .allMatch(charset -> charset.equals("utf-8") || charset.equals("us-ascii"));
    return Arrays.stream(values())
        .filter(type -> inUtf8 && type.mediaType.equals(parts.getFirst()))
        .findFirst();
  }
}
