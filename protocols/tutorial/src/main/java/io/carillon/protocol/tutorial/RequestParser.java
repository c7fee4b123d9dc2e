package io.carillon.protocol.tutorial;

import io.carillon.message.JsonText;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a client's message as JavaScript's {@code JSON.parse} does: of several fields with one name
 * the last counts. Nesting costs no stack, and the message's size bounds it. Thread-safe.
 */
final class RequestParser {

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

  private RequestParser() {}

  /** Never throws. */
  static Request parse(String text) {
    if (!JsonText.hasValidEscapes(text)) {
      return Request.NOT_JSON;
    }
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      JsonToken root = json.nextToken();
      if (root == null) {
        return Request.NOT_JSON;
      }
      Request request = root == JsonToken.START_OBJECT ? readObject(json) : skipped(json);
      return json.nextToken() == null ? request : Request.NOT_JSON;
    } catch (StreamReadException notJson) {
      return Request.NOT_JSON;
    }
  }

  private static Request readObject(JsonParser json) {
    Request request = Request.UNKNOWN;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (!name.equals("type")) {
        skipped(json);
      } else if (value == JsonToken.VALUE_STRING) {
        request = ofType(json.getString());
      } else {
        request = skipped(json);
      }
    }
    return request;
  }

  private static Request ofType(String type) {
    return switch (type) {
      case "get-users" -> Request.GET_USERS;
      case "broadcast" -> Request.BROADCAST;
      default -> Request.UNKNOWN;
    };
  }

  /** Reads a value to its end, so that a mistake in it is found. */
  private static Request skipped(JsonParser json) {
    json.skipChildren();
    json.finishToken();
    return Request.UNKNOWN;
  }
}
