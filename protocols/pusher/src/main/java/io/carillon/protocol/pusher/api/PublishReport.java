package io.carillon.protocol.pusher.api;

import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.protocol.pusher.ChannelName;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Describes the outcome of a request to publish that was not accepted completely. */
interface PublishReport {

  /** The parts of a batch are named by their place in it, from 0. */
  PublishReport OF_BATCH = JsonGenerator::writeNumber;

  /** The parts of an event are named by their channel. */
  static PublishReport ofChannels(Event event) {
    List<ChannelName> channels = event.channels();
    return (json, part) -> json.writeString(channels.get(part).text());
  }

  /** Writes the name of one part of the request. */
  void writePart(JsonGenerator json, int part);

  /** Returns a tally of which everything was accepted; throws otherwise. */
  default Tally requireAccepted(Tally tally) {
    if (tally.allEnded(PublishOutcome.Accepted.class)) {
      return tally;
    }
    List<Integer> tooLarge = tally.refused(Refusal.TOO_LARGE);
    if (tally.allEnded(PublishOutcome.Refused.class) && !tooLarge.isEmpty()) {
      throw new ApiException(
          ApiFault.TOO_LARGE,
          "Nothing was sent: an event is too large for the message bus.",
          json -> writeParts(json, "too_large", tooLarge));
    }
    if (tally.allEnded(PublishOutcome.Refused.class)) {
      throw new ApiException(
          ApiFault.NOT_SENT, "The message bus did not take it, nothing was sent; send it again.");
    }
    if (tally.allEnded(PublishOutcome.Unknown.class)) {
      throw new ApiException(
          ApiFault.UNKNOWN, "Nobody knows whether it was sent; sent again, it may be heard twice.");
    }
    throw new ApiException(
        ApiFault.PARTLY_SENT,
        "Not all of it was sent: what was accepted was, what was refused can be sent again, of what"
            + " is unknown nobody knows.",
        json -> {
          writeParts(json, "accepted", tally.ended(PublishOutcome.Accepted.class));
          writeParts(json, "refused", tally.ended(PublishOutcome.Refused.class));
          writeParts(json, "unknown", tally.ended(PublishOutcome.Unknown.class));
          if (!tooLarge.isEmpty()) {
            writeParts(json, "too_large", tooLarge);
          }
        });
  }

  private void writeParts(JsonGenerator json, String name, List<Integer> parts) {
    json.writeArrayPropertyStart(name);
    parts.forEach(part -> writePart(json, part));
    json.writeEndArray();
  }
}
