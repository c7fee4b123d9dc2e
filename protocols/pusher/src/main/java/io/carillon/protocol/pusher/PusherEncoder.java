package io.carillon.protocol.pusher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.hub.Encoder;
import io.carillon.hub.Frame;
import io.carillon.message.Payload;
import io.carillon.message.Publication;

/**
 * Shows a publication as {@code {"event":…,"channel":…,"data":…}}, with the {@code user_id} of its
 * sender if it has one. Text data becomes a string; JSON data stays unchanged.
 *
 * <p>A publication without an event comes from a protocol without events: it is shown as the event
 * {@value #MESSAGE}, and its data as {@code {"name":…,"message":…}}.
 */
final class PusherEncoder implements Encoder {

  private static final String MESSAGE = "message";
  private static final byte[] QUOTE = {'"'};
  private static final byte[] END = {'}'};

  @Override
  public Frame encode(Publication publication) {
    String channel = publication.channel().name();
    if (publication.event().isEmpty()) {
      byte[] quoted = JsonFields.quote(dataOf(publication)).getBytes(UTF_8);
      return Frame.text(head(MESSAGE, channel), quoted, END);
    }
    byte[] head = head(publication.event(), channel);
    byte[] data = publication.payload().bytes();
    byte[] tail = tail(publication.sender());
    if (publication.payload().type() == Payload.Type.JSON) {
      return Frame.text(head, data, tail);
    }
    return needsNoEscape(data)
        ? Frame.text(head, QUOTE, data, QUOTE, tail)
        : Frame.text(head, JsonFields.quote(publication.payload().asText()).getBytes(UTF_8), tail);
  }

  private static byte[] head(String event, String channel) {
    String head =
        "{\"event\":"
            + JsonFields.quote(event)
            + ",\"channel\":"
            + JsonFields.quote(channel)
            + ",\"data\":";
    return head.getBytes(UTF_8);
  }

  private static byte[] tail(String sender) {
    return sender.isEmpty()
        ? END
        : (",\"user_id\":" + JsonFields.quote(sender) + "}").getBytes(UTF_8);
  }

  /** A publication's data, as text. */
  static String dataOf(Publication publication) {
    String payload = publication.payload().asText();
    return publication.event().isEmpty()
        ? "{\"name\":%s,\"message\":%s}"
            .formatted(JsonFields.quote(publication.sender()), JsonFields.quote(payload))
        : payload;
  }

  private static boolean needsNoEscape(byte[] utf8) {
    for (byte b : utf8) {
      if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
        return false;
      }
    }
    return true;
  }
}
