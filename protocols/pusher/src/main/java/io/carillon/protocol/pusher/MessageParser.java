package io.carillon.protocol.pusher;

import io.carillon.message.UnicodeText;
import io.carillon.protocol.pusher.JsonFields.Value;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a client's messages: {@code {"event":…,"data":…,"channel":…}}. */
final class MessageParser {

  static final String CLIENT_EVENT = "client-";
  private static final String NO_DATA = "null";

  /** How many characters of an unknown event an error shows. */
  private static final int MAX_SHOWN = 50;

  private MessageParser() {}

  static ClientMessage parse(String text) {
    return JsonFields.fields(text)
        .map(MessageParser::read)
        .orElseGet(
            () ->
                new ClientMessage.Wrong(
                    "Invalid message (expected: a JSON object, each name once)"));
  }

  private static ClientMessage read(Map<String, Value> message) {
    String event = text(message.get("event"));
    return illFormed(message, "event").orElseGet(() -> read(event, message));
  }

  private static ClientMessage read(String event, Map<String, Value> message) {
    return switch (event) {
      case "pusher:ping" -> new ClientMessage.Ping();
      case "pusher:pong" -> new ClientMessage.Pong();
      case "pusher:subscribe" -> subscribe(dataOf(message));
      case "pusher:unsubscribe" -> unsubscribe(dataOf(message));
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
    return illFormed(data, "channel", "auth", "channel_data")
        .orElseGet(
            () ->
                new ClientMessage.Subscribe(
                    text(data.get("channel")),
                    text(data.get("auth")),
                    text(channelData).isEmpty() ? null : text(channelData)));
  }

  private static ClientMessage unsubscribe(Map<String, Value> data) {
    return illFormed(data, "channel")
        .orElseGet(() -> new ClientMessage.Unsubscribe(text(data.get("channel"))));
  }

  private static ClientMessage signIn(Map<String, Value> data) {
    return illFormed(data, "auth", "user_data")
        .orElseGet(
            () -> new ClientMessage.SignIn(text(data.get("auth")), text(data.get("user_data"))));
  }

  private static ClientMessage clientEvent(String event, Map<String, Value> message) {
    Value data = message.get("data");
    return illFormed(message, "channel")
        .orElseGet(
            () ->
                new ClientMessage.ClientEvent(
                    event,
                    text(message.get("channel")),
                    data == null ? NO_DATA : JsonEscapes.wellFormed(data.source())));
  }

  /**
   * The error for the first of these fields that has a lone surrogate. These fields are names, or
   * are signed.
   */
  private static Optional<ClientMessage> illFormed(Map<String, Value> fields, String... names) {
    for (String name : names) {
      if (!UnicodeText.isWellFormed(text(fields.get(name)))) {
        return Optional.of(
            new ClientMessage.Wrong(
                "Invalid "
                    + name
                    + ": it has half a character, a lone surrogate (expected: valid Unicode)"));
      }
    }
    return Optional.empty();
  }

  private static ClientMessage unknown(String event) {
    return new ClientMessage.Wrong(
        "Unknown event "
            + Shortened.of(event, MAX_SHOWN)
            + " (events of clients begin with client-)");
  }

  /** The fields of an object, or of a string that holds an object. */
  private static Map<String, Value> dataOf(Map<String, Value> message) {
    Value data = message.get("data");
    return data == null ? Map.of() : JsonFields.fields(data.text()).orElse(Map.of());
  }

  private static boolean isNull(Value value) {
    return value.source().equals(NO_DATA);
  }

  private static String text(@Nullable Value value) {
    return value != null && value.isString() ? value.text() : "";
  }
}
