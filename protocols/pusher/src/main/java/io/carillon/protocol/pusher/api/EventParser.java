package io.carillon.protocol.pusher.api;

import io.carillon.app.App;
import io.carillon.protocol.pusher.SignedQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the events that a backend wants to publish. */
final class EventParser {

  private final EventRules rules;
  private final int maxChannels;
  private final int maxBatch;

  EventParser(App app) {
    this.rules = new EventRules(app);
    this.maxChannels = app.limits().maxEventChannels();
    this.maxBatch = app.limits().maxEventBatchSize();
  }

  /** One event: the body, or the query if there is no body. */
  Event event(byte[] body, SignedQuery query) {
    return rules.check(
        body.length == 0
            ? EventDraft.of(query)
            : JsonBody.read(body, parser -> EventDraft.read(parser, maxChannels)));
  }

  /** Several: {@code {"batch": [...]}}. */
  List<Event> batch(byte[] body) {
    List<Event> batch = JsonBody.read(body, this::readBatch);
    if (batch == null || batch.isEmpty()) {
      throw ApiException.invalid("batch is missing or empty (expected: a list of events)");
    }
    return batch;
  }

  private @Nullable List<Event> readBatch(JsonParser parser) {
    List<Event> batch = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      if (field.equals("batch")) {
        batch = events(parser);
      } else {
        parser.skipChildren();
      }
    }
    return batch;
  }

  private List<Event> events(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw ApiException.invalid("batch is no list (expected: a list of events)");
    }
    List<Event> events = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String place = placeInBatch(events.size());
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw ApiException.invalid(place + " is no object");
      }
      if (events.size() == maxBatch) {
        throw ApiException.invalid("batch: too many (expected: at most " + maxBatch + ")");
      }
      events.add(
          ApiException.in(place, () -> rules.checkSingle(EventDraft.read(parser, maxChannels))));
    }
    return events;
  }

  /** The name of a batch's event in errors. */
  static String placeInBatch(int index) {
    return "batch[" + index + "]";
  }
}
