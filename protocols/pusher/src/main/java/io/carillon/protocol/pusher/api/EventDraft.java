package io.carillon.protocol.pusher.api;

import io.carillon.protocol.pusher.SignedQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** An event as it was sent: {@link EventRules} turns it into one that may be published. */
final class EventDraft {

  @Nullable String name;
  @Nullable String data;
  @Nullable String channel;
  @Nullable List<String> channels;
  @Nullable String socketId;
  @Nullable String info;

  /** Whether the object has a field {@code event}, which is not read. */
  boolean hasEvent;

  /** Reads an object whose beginning was read; other fields are ignored. */
  static EventDraft read(JsonParser parser, int maxChannels) {
    EventDraft draft = new EventDraft();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "name" -> draft.name = text(parser, field);
        case "data" -> draft.data = text(parser, field);
        case "channel" -> draft.channel = text(parser, field);
        case "channels" -> draft.channels = texts(parser, maxChannels);
        case "socket_id" -> draft.socketId = text(parser, field);
        case "info" -> draft.info = info(parser);
        case "event" -> {
          draft.hasEvent = true;
          parser.skipChildren();
        }
        default -> {
          Attributes.requireReadable(field, Attributes.COUNTS);
          parser.skipChildren();
        }
      }
    }
    return draft;
  }

  /** Libraries write null for values that they were not given. */
  private static @Nullable String text(JsonParser parser, String field) {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> parser.getString();
      case null, default ->
          throw ApiException.invalid(
              field.equals("data")
                  ? "data is no string (expected: a string; JSON is encoded once more)"
                  : field + " is no string");
    };
  }

  private static @Nullable String info(JsonParser parser) {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      throw ApiException.invalid(
          "info is a list (expected: a string, with commas: \"user_count,subscription_count\")");
    }
    return text(parser, "info");
  }

  private static @Nullable List<String> texts(JsonParser parser, int max) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw ApiException.invalid("channels is no list (expected: a list of names, or channel)");
    }
    List<String> all = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String place = "channels[" + all.size() + "]";
      String one = text(parser, place);
      if (one == null) {
        throw ApiException.invalid(place + " is null");
      }
      if (all.size() == max) {
        throw EventRules.tooManyChannels(max);
      }
      all.add(one);
    }
    return all;
  }

  /** An event may also be sent in the query, where the names of lists end with brackets. */
  static EventDraft of(SignedQuery query) {
    EventDraft draft = new EventDraft();
    draft.name = query.get("name").orElse(null);
    draft.data = query.get("data").orElse(null);
    draft.channel = query.get("channel").orElse(null);
    List<String> channels = query.all("channels[]");
    draft.channels = channels.isEmpty() ? null : channels;
    draft.socketId = query.get("socket_id").orElse(null);
    draft.info = Attributes.textOf(query, Attributes.COUNTS).orElse(null);
    draft.hasEvent = query.findName("event"::equals).isPresent();
    return draft;
  }
}
