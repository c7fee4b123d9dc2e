package io.carillon.protocol.tutorial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringWriter;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * A user, as clients see users.
 *
 * @param id unique in the cluster
 * @param firstname 1 to {@value #MAX_NAME_BYTES} bytes of UTF-8, without control characters
 * @param lastname the same
 */
record User(long id, String firstname, String lastname) {

  /** The greatest whole number that JavaScript represents exactly. */
  static final long MAX_ID = (1L << 53) - 1;

  static final int MAX_NAME_BYTES = 64;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .build();

  User {
    if (id < 1 || id > MAX_ID) {
      throw new IllegalArgumentException("id: %d (expected: 1 to %d)".formatted(id, MAX_ID));
    }
    if (!isName(firstname) || !isName(lastname)) {
      throw new IllegalArgumentException(
          "firstname or lastname (expected: 1 to %d bytes without control characters)"
              .formatted(MAX_NAME_BYTES));
    }
  }

  /** Whether a text can be a first or last name. */
  static boolean isName(String text) {
    return !text.isBlank()
        && text.getBytes(UTF_8).length <= MAX_NAME_BYTES
        && text.codePoints().noneMatch(User::isControl);
  }

  private static boolean isControl(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  /** The user as a JSON object, always in the same form. */
  String json() {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeNumberProperty("id", id);
      json.writeStringProperty("firstname", firstname);
      json.writeStringProperty("lastname", lastname);
      json.writeEndObject();
    }
    return out.toString();
  }

  /** Reads what {@link #json} has written; empty for any other text. */
  static Optional<User> read(String text) {
    long id = 0;
    String firstname = "";
    String lastname = "";
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "id" -> id = json.getLongValue();
          case "firstname" -> firstname = textOf(json);
          case "lastname" -> lastname = textOf(json);
          default -> json.skipChildren();
        }
      }
      return Optional.of(new User(id, firstname, lastname));
    } catch (JacksonException | IllegalArgumentException other) {
      return Optional.empty();
    }
  }

  /** Empty, which is no name, for a value that is no text. */
  private static String textOf(JsonParser json) {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getString();
    }
    json.skipChildren();
    return "";
  }
}
