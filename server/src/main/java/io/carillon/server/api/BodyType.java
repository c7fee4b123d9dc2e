package io.carillon.server.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of bodies that can be published. */
enum BodyType {
  TEXT("text/plain") {
    @Override
    Message read(byte[] body) {
      return Message.ofPlain(body);
    }
  },
  JSON("application/json") {
    @Override
    Message read(byte[] body) {
      return JsonMessage.read(body);
    }
  };

  private final String mediaType;

  BodyType(String mediaType) {
    this.mediaType = mediaType;
  }

  abstract Message read(byte[] body);

  /**
   * The kind that a Content-Type names, text where it says nothing; nothing for others, and for
   * text that is not in UTF-8.
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
            .filter(part -> part.startsWith("charset="))
            .map(part -> part.substring("charset=".length()).replace("\"", ""))
            .allMatch(charset -> charset.equals("utf-8") || charset.equals("us-ascii"));
    return Arrays.stream(values())
        .filter(type -> inUtf8 && type.mediaType.equals(parts.getFirst()))
        .findFirst();
  }
}
