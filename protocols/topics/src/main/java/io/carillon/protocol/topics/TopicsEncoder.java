package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.hub.Encoder;
import io.carillon.hub.Frame;
import io.carillon.message.Channel;
import io.carillon.message.Publication;

/**
 * Shows a publication as {@code [topic] name: text}. A publication of a protocol with events has no
 * name: its event takes the place of the name.
 */
final class TopicsEncoder implements Encoder {

  /** The event of a publication whose payload is the whole line, made by another server. */
  static final String LINE = "line";

  @Override
  public Frame encode(Publication publication) {
    return Frame.text(prefix(publication).getBytes(UTF_8), publication.payload().bytes());
  }

  /** A publication as clients see it. */
  static String line(Publication publication) {
    return prefix(publication) + publication.payload().asText();
  }

  /** The part before the text. */
  static String head(String topic, String sender) {
    return "[" + topic + "] " + sender + ": ";
  }

  private static String prefix(Publication publication) {
    Channel channel = publication.channel();
    if (publication.event().equals(LINE) && channel.app().equals(Channel.NO_APP)) {
      return "";
    }
    String sender = publication.sender();
    return head(channel.name(), sender.isEmpty() ? publication.event() : sender);
  }
}
