package io.carillon.conformance.client;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** As much JSON as commands and RabbitMQ's management API need. */
public final class Json {

  private static final JsonFactory JSON = new JsonFactory();

  private Json() {}

  /** An object of strings: names and values in turn. */
  public static String object(String... namesAndValues) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.writeStartObject();
      for (int i = 0; i < namesAndValues.length; i += 2) {
        generator.writeStringProperty(namesAndValues[i], namesAndValues[i + 1]);
      }
      generator.writeEndObject();
    }
    return text.toString();
  }

  /** Any value of maps, collections, strings, numbers and booleans. */
  public static String text(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, value);
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, Object value) {
    switch (value) {
      case Map<?, ?> object -> {
        generator.writeStartObject();
        object.forEach(
            (name, inner) -> {
              generator.writeName(String.valueOf(name));
              write(generator, inner);
            });
        generator.writeEndObject();
      }
      case Collection<?> array -> {
        generator.writeStartArray();
        array.forEach(inner -> write(generator, inner));
        generator.writeEndArray();
      }
      case Boolean bool -> generator.writeBoolean(bool);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      default -> generator.writeString(value.toString());
    }
  }

  /** A field that is there. */
  public static Object field(Map<String, Object> object, String name) {
    return Objects.requireNonNull(object.get(name), name);
  }

  /** Reads an object; fields that are null are left out. */
  public static Map<String, Object> parseObject(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return readObject(parser);
    }
  }

  /** An array of objects. */
  public static List<Map<String, Object>> parseObjects(String text) {
    List<Map<String, Object>> objects = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        objects.add(readObject(parser));
      }
    }
    return objects;
  }

  /** Fields that are null are left out. */
  private static Map<String, Object> readObject(JsonParser parser) {
    Map<String, Object> object = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        object.put(name, readValue(parser));
      }
    }
    return object;
  }

  private static Object readValue(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      default -> parser.getString();
    };
  }

  private static List<Object> readArray(JsonParser parser) {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(readValue(parser));
    }
    return array;
  }
}
