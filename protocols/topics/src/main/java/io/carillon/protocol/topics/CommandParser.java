package io.carillon.protocol.topics;

import io.carillon.message.JsonText;
import io.carillon.message.UnicodeText;
import java.util.Locale;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a client's message as the demo that defined the protocol does: the parser trims the text
 * and reads it like JavaScript's {@code JSON.parse}; text that is not JSON is plain text. Nesting
 * costs no stack, and the message's size bounds it. Thread-safe.
 */
final class CommandParser {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // Clients would fill a table of names, and it fails if their names have equal hashes.
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private CommandParser() {}

  static Command parse(String message) {
    String text = JavaScriptText.trim(message);
    if (text.isEmpty()) {
      return new Command.Nothing();
    }
    if (!mayBeJson(text.charAt(0)) || !JsonText.hasValidEscapes(text)) {
      return new Command.Say(text);
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      Command command = read(parser);
      return parser.nextToken() == null ? command : new Command.Say(text);
    } catch (StreamReadException notJson) {
      return new Command.Say(text);
    }
  }

  /** Spares plain text, which most messages are, the cost of an exception. */
  private static boolean mayBeJson(char first) {
    return switch (first) {
      case '{', '[', '"', '-', 't', 'f', 'n' -> true;
      default -> first >= '0' && first <= '9';
    };
  }

  private static Command read(JsonParser parser) {
    JsonToken root = parser.nextToken();
    if (root == JsonToken.START_OBJECT) {
      return readObject(parser);
    }
    if (root == JsonToken.START_ARRAY) {
      parser.skipChildren();
      return new Command.UnknownAction();
    }
    parser.finishToken();
    return new Command.UnsupportedFormat();
  }

  /** If several fields have one name, the last counts. */
  private static Command readObject(JsonParser parser) {
    String action = "";
    String topic = "";
    String message = "";
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "action" -> action = readField(parser);
        case "topic" -> topic = readField(parser);
        case "message" -> message = UnicodeText.wellFormed(readField(parser));
        default -> skipValue(parser);
      }
    }
    return switch (action.toLowerCase(Locale.ROOT)) {
      case "subscribe" -> new Command.Subscribe(topic);
      case "unsubscribe" -> new Command.Unsubscribe(topic);
      case "publish" -> new Command.Publish(topic, message);
      case "list" -> new Command.ListTopics();
      default -> new Command.UnknownAction();
    };
  }

  private static String readField(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return JavaScriptText.trim(parser.getString());
    }
    skipValue(parser);
    return "";
  }

  private static void skipValue(JsonParser parser) {
    parser.skipChildren();
    parser.finishToken();
  }
}
