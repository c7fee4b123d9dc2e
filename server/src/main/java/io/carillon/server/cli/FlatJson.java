package io.carillon.server.cli;

import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The JSON that commands send. */
final class FlatJson {

  private static final JsonFactory JSON = new JsonFactory();

  private FlatJson() {}

  /** An object of strings, in the map's order. */
  static String of(Map<String, String> fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, fields);
    }
    return text.toString();
  }

  /** An event of the Pusher protocol whose data is an object of strings. */
  static String event(String event, Map<String, String> data) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("event", event);
      json.writeName("data");
      write(json, data);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Map<String, String> fields) {
    json.writeStartObject();
    fields.forEach(json::writeStringProperty);
    json.writeEndObject();
  }
}
