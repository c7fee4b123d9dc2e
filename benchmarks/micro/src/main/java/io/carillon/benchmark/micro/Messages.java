package io.carillon.benchmark.micro;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.protocol.topics.TopicsConfig;

/** Messages of some size, as they look at several places. */
public final class Messages {

  /** Where every client is. */
  public static final Channel LOBBY = Channel.ofTopic(TopicsConfig.DEFAULTS.defaultTopic());

  private Messages() {}

  /** What is said: so many bytes. */
  public static String text(int bytes) {
    return "x".repeat(bytes);
  }

  /** It is said in the lobby. */
  public static Publication publication(int bytes) {
    MessageId id = new MessageId(new Incarnation(3, 4), 5);
    Payload payload = Payload.text(text(bytes));
    return new Publication(id, LOBBY, "", payload, "Alice", "", 1_800_000_000_000L, null);
  }

  /** A client asks for it. */
  public static String command(int bytes) {
    return "{\"action\":\"publish\",\"topic\":\"%s\",\"message\":\"%s\"}"
        .formatted(LOBBY.name(), text(bytes));
  }
}
