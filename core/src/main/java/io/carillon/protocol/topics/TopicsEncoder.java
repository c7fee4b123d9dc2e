package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.hub.Encoder;
import io.carillon.hub.Frame;
import io.carillon.message.Publication;

/** Shows a publication as {@code [topic] name: text}. */
final class TopicsEncoder implements Encoder {

  @Override
  public Frame encode(Publication publication) {
    String head = "[" + publication.channel().name() + "] " + publication.sender() + ": ";
    return Frame.text(head.getBytes(UTF_8), publication.payload().bytes());
  }
}
