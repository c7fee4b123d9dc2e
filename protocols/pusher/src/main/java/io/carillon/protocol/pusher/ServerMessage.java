package io.carillon.protocol.pusher;

import java.util.Map;
import java.util.Optional;

/**
 * A message of a server as its clients read it.
 *
 * @param event the event's name
 * @param channel the event's channel; empty for messages about the connection
 * @param data the event's data: a string's content, or else the unchanged JSON; empty for none
 */
public record ServerMessage(String event, String channel, String data) {

  /** The first message of a connection. */
  public static final String CONNECTION_ESTABLISHED = "pusher:connection_established";

  /** A failure on a connection; the connection may end after it. */
  public static final String ERROR = "pusher:error";

  /** Reads a message; empty if the text is not one. */
  public static Optional<ServerMessage> parse(String text) {
    return JsonFields.fields(text)
        .filter(fields -> fields.containsKey("event"))
        .map(
            fields ->
                new ServerMessage(
                    text(fields, "event"), text(fields, "channel"), text(fields, "data")));
  }

  private static String text(Map<String, JsonFields.Value> fields, String name) {
    JsonFields.Value value = fields.get(name);
    return value == null ? "" : value.text();
  }

  /** A field of the data, if the data is an object; empty if there is no such field. */
  public String field(String name) {
    return JsonFields.fields(data).map(fields -> text(fields, name)).orElse("");
  }

  /** Whether the event is the protocol's own, and not a publisher's. */
  public boolean isProtocols() {
    return event.startsWith("pusher:") || event.startsWith("pusher_internal:");
  }
}
