package io.carillon.protocol.pusher;

import io.carillon.message.JsonText;
import io.carillon.message.UnicodeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as far as the protocol needs it: an object's fields, each with its original text, so that a
 * value that is only passed on stays unchanged. The reader is strict (RFC 8259). Signed text can't
 * be read in two ways, because a name may not occur twice. Thread-safe.
 */
final class JsonFields {

  private static final JsonFactory JSON = StrictJson.factory();

  private JsonFields() {}

  /**
   * A value of an object.
   *
   * @param source the value's original text
   * @param text the content, if the value is a string; else the source
   */
  record Value(JsonToken token, String source, String text) {

    boolean isString() {
      return token == JsonToken.VALUE_STRING;
    }

    boolean isInteger() {
      return token == JsonToken.VALUE_NUMBER_INT;
    }
  }

  /** The fields of a text that is one object; empty if it is not an object. */
  static Optional<Map<String, Value>> fields(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Map<String, Value> fields = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, value(parser, text));
      }
      return parser.nextToken() == null && JsonText.hasValidEscapes(text)
          ? Optional.of(fields)
          : Optional.empty();
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  /** The items of a value that is a list. */
  static Optional<List<Value>> items(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return Optional.empty();
      }
      List<Value> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(parser, text));
      }
      return JsonText.hasValidEscapes(text) ? Optional.of(items) : Optional.empty();
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  private static Value value(JsonParser parser, String text) {
    JsonToken token = parser.currentToken();
    int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    String string = token == JsonToken.VALUE_STRING ? parser.getString() : null;
    parser.skipChildren();
    parser.finishToken();
    int end = Math.toIntExact(parser.currentLocation().getCharOffset());
    String source = text.substring(start, end);
    return new Value(token, source, string == null ? source : string);
  }

  /** A string as a JSON value, with its quotes; each lone surrogate becomes U+FFFD. */
  static String quote(String text) {
    char[] quoted = JsonStringEncoder.getInstance().quoteAsCharArray(UnicodeText.wellFormed(text));
    return '"' + String.valueOf(quoted) + '"';
  }
}
