package io.carillon.benchmark.micro;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.protocol.topics.TopicsConfig;

/** Messages of some size, in the forms that they have at several places. */
public final class Messages {

  /** The channel that every client has joined. */
  public static final Channel LOBBY = Channel.ofTopic(TopicsConfig.DEFAULTS.defaultTopic());

  private Messages() {}

  /** A text of this many bytes. */
  public static String text(int bytes) {
    return "x".repeat(bytes);
  }

  /** The publication of such a text in the lobby. */
  public static Publication publication(int bytes) {
    MessageId id = new MessageId(new Incarnation(3, 4), 5);
    Payload payload = Payload.text(text(bytes));
    return new Publication(id, LOBBY, "", payload, "Alice", "", 1_800_000_000_000L, null);
  }

  /** A client's command to publish such a text. */
  public static String command(int bytes) {
    return "{\"action\":\"publish\",\"topic\":\"%s\",\"message\":\"%s\"}"
        .formatted(LOBBY.name(), text(bytes));
  }
}
