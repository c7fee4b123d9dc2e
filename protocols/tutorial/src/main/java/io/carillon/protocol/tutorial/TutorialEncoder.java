package io.carillon.protocol.tutorial;

import io.carillon.hub.Encoder;
import io.carillon.hub.Frame;
import io.carillon.message.Publication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a broadcast as it was published, by a node or by another program. */
final class TutorialEncoder implements Encoder {

  private static final Logger log = LoggerFactory.getLogger(TutorialEncoder.class);

  @Override
  public Frame encode(Publication publication) {
    if (log.isTraceEnabled()) {
      log.trace(
          "Message from: {}, {}", publication.channel().name(), publication.payload().asText());
    }
    return Frame.text(publication.payload().bytes());
  }
}
