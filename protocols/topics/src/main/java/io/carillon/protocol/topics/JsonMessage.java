package io.carillon.protocol.topics;

import io.carillon.message.JsonText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Reads {@code {"message": "...", "name": "..."}}; other fields are ignored. */
final class JsonMessage {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final Message.Wrong WRONG =
      new Message.Wrong(
          "The body is not what is expected: {\"message\": \"...\", \"name\": \"...\"}, the name"
              + " optional.");

  private JsonMessage() {}

  /** The parser would detect UTF-16 in bytes, so it gets a text. */
  static Message read(String body) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return WRONG;
      }
      String message = "";
      String name = "";
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        boolean known = field.equals("message") || field.equals("name");
        if (!known) {
          parser.skipChildren();
        } else if (value != JsonToken.VALUE_STRING) {
          return WRONG;
        } else if (field.equals("message")) {
          message = parser.getString();
        } else {
          name = parser.getString();
        }
      }
      return parser.nextToken() == null && JsonText.hasValidEscapes(body)
          ? Message.of(message, name)
          : WRONG;
    } catch (JacksonException notJson) {
      return WRONG;
    }
  }
}
