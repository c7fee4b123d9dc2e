package io.carillon.protocol.pusher;

import io.carillon.protocol.pusher.Json.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a client says: {@code {"event":…,"data":…,"channel":…}}. */
final class MessageParser {

  static final String CLIENT_EVENT = "client-";
  private static final String NO_DATA = "null";

  private MessageParser() {}

  static ClientMessage parse(String text) {
    return Json.fields(text)
        .map(MessageParser::read)
        .orElseGet(
            () ->
                new ClientMessage.Wrong(
                    "Invalid message (expected: a JSON object, each name once)"));
  }

  private static ClientMessage read(Map<String, Value> message) {
    String event = text(message.get("event"));
    return switch (event) {
      case "pusher:ping" -> new ClientMessage.Ping();
      case "pusher:pong" -> new ClientMessage.Pong();
      case "pusher:subscribe" -> subscribe(dataOf(message));
      case "pusher:unsubscribe" ->
          new ClientMessage.Unsubscribe(text(dataOf(message).get("channel")));
      case "pusher:signin" -> signIn(dataOf(message));
      case "" -> new ClientMessage.Wrong("Invalid message (expected: its event, a string)");
      default -> event.startsWith(CLIENT_EVENT) ? clientEvent(event, message) : unknown(event);
    };
  }

  private static ClientMessage subscribe(Map<String, Value> data) {
    Value channelData = data.get("channel_data");
    if (channelData != null && !channelData.isString() && !isNull(channelData)) {
      return new ClientMessage.Wrong(
          "Invalid channel_data (expected: a string of JSON, as it was signed)");
    }
    return new ClientMessage.Subscribe(
        text(data.get("channel")),
        text(data.get("auth")),
        channelData == null || isNull(channelData) ? null : channelData.text());
  }

  private static ClientMessage signIn(Map<String, Value> data) {
    return new ClientMessage.SignIn(text(data.get("auth")), text(data.get("user_data")));
  }

  private static ClientMessage clientEvent(String event, Map<String, Value> message) {
    Value data = message.get("data");
    return new ClientMessage.ClientEvent(
        event, text(message.get("channel")), data == null ? NO_DATA : data.source());
  }

  private static ClientMessage unknown(String event) {
    String shown = event.length() > 50 ? event.substring(0, 50) + "…" : event;
    return new ClientMessage.Wrong(
        "Unknown event " + shown + " (events of clients begin with client-)");
  }

  /** An object, or a string that holds one. */
  private static Map<String, Value> dataOf(Map<String, Value> message) {
    Value data = message.get("data");
    return data == null ? Map.of() : Json.fields(data.text()).orElse(Map.of());
  }

  private static boolean isNull(Value value) {
    return value.source().equals(NO_DATA);
  }

  private static String text(@Nullable Value value) {
    return value != null && value.isString() ? value.text() : "";
  }
}
