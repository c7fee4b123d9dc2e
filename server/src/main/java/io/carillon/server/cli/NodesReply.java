package io.carillon.server.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A node's answer about its cluster: an object of JSON. Fields that are missing are empty, so that
 * a newer node and an older one can be asked, too.
 */
record NodesReply(Map<String, Object> fields) {

  private static final JsonFactory JSON = new JsonFactory();

  /** The answer, if it is an object of JSON that names a cluster. */
  static Optional<NodesReply> parse(String text) {
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Map<String, Object> fields = readObject(in);
      return fields.containsKey("cluster") ? Optional.of(new NodesReply(fields)) : Optional.empty();
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> readObject(JsonParser in) {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      fields.put(name, read(in, in.nextToken()));
    }
    return fields;
  }

  private static Object read(JsonParser in, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> readObject(in);
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
          elements.add(read(in, next));
        }
        yield elements;
      }
      case VALUE_NUMBER_INT -> in.getLongValue();
      default -> String.valueOf(in.getString());
    };
  }

  String text(String name) {
    return String.valueOf(fields.getOrDefault(name, ""));
  }

  /** A whole number; 0 if it is missing. */
  long number(String name) {
    return fields.get(name) instanceof Long number ? number : 0;
  }

  /** An object in it; empty if it is missing. */
  Optional<NodesReply> object(String name) {
    return Optional.ofNullable(fields.get(name)).flatMap(NodesReply::asObject);
  }

  /** The objects of an array in it. */
  List<NodesReply> objects(String name) {
    return fields.get(name) instanceof List<?> elements
        ? elements.stream().flatMap(element -> asObject(element).stream()).toList()
        : List.of();
  }

  private static Optional<NodesReply> asObject(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach((name, field) -> fields.put(String.valueOf(name), field));
    return Optional.of(new NodesReply(fields));
  }
}
