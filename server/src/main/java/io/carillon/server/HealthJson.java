package io.carillon.server;

import io.carillon.membership.Incompatibility;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The bodies of health checks that name another node; its name may be any text. */
final class HealthJson {

  private static final JsonFactory JSON = new JsonFactory();

  private HealthJson() {}

  /** A node that takes no clients because of another one. */
  static String keptOut(Incompatibility found) {
    return object("incompatible", "reason", found);
  }

  /** A node that goes on, although another one stays out. */
  static String warned(Incompatibility found) {
    return object("ok", "warning", found);
  }

  private static String object(String status, String name, Incompatibility found) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("status", status);
      json.writeStringProperty(name, found.reason());
      json.writeStringProperty("remedy", found.remedy());
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }
}
