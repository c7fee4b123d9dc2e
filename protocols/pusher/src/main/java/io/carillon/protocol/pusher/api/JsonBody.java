package io.carillon.protocol.pusher.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.message.JsonText;
import io.carillon.message.UnicodeText;
import io.carillon.protocol.pusher.StrictJson;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads bodies and writes answers. */
final class JsonBody {

  private static final JsonFactory JSON = StrictJson.factory();

  private static final char REPLACEMENT = '\uFFFD';
  private static final int QUOTED_CHARACTERS = 60;

  private JsonBody() {}

  /** Writes the fields of an object. */
  interface Fields {
    Fields NONE = json -> {};

    void write(JsonGenerator json);
  }

  /** An object. */
  static String object(Fields fields) {
    StringWriter text = new StringWriter(128);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  /**
   * Reads an object.
   *
   * @param reader called at its beginning, returns at its end
   */
  static <T> T read(byte[] body, Function<JsonParser, T> reader) {
    String text = textOf(body);
    if (!JsonText.hasValidEscapes(text)) {
      throw ApiException.invalid("The body is no valid JSON: \\u without four hexadecimal digits.");
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw ApiException.invalid("The body is no JSON object.");
      }
      T value = reader.apply(parser);
      if (parser.nextToken() != null) {
        throw ApiException.invalid("The body goes on behind its JSON object.");
      }
      return value;
    } catch (JacksonException notJson) {
      throw ApiException.invalid(
          "The body is no valid JSON, has a name twice, or is nested too deeply"
              + placeOf(notJson)
              + ".");
    }
  }

  private static String placeOf(JacksonException fault) {
    TokenStreamLocation where = fault.getLocation();
    return where == null
        ? ""
        : ": line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
  }

  /** The parser would detect UTF-16 in bytes, so it gets a text. */
  private static String textOf(byte[] body) {
    String text = new String(body, UTF_8);
    if (text.indexOf(REPLACEMENT)
        >= 0) { // The character was sent, or stands for bytes that are not UTF-8.
      try {
        UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      } catch (CharacterCodingException e) {
        throw ApiException.invalid("The body is not UTF-8.");
      }
    }
    return text;
  }

  /** A client's text for an error that quotes it: only as much as is needed to find it. */
  static String quote(String text) {
    String said = UnicodeText.wellFormed(text);
    if (said.length() <= QUOTED_CHARACTERS) {
      return "\"" + said + "\"";
    }
    int end = said.offsetByCodePoints(0, said.codePointCount(0, QUOTED_CHARACTERS));
    return "\"" + said.substring(0, end) + "...\" (" + said.length() + " characters)";
  }
}
