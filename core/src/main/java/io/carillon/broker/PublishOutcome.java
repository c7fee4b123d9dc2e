package io.carillon.broker;

import io.carillon.message.Position;
import org.jspecify.annotations.Nullable;

/** How a publish ended: accepted, refused or unknown. */
public sealed interface PublishOutcome {

  /**
   * The broker has accepted the publication.
   *
   * @param position its place in the channel's stream, if the channel keeps one
   */
  record Accepted(@Nullable Position position) implements PublishOutcome {}

  /**
   * It was certainly not sent: publishing again can't double it.
   *
   * @param kind whether and when publishing again can help
   * @param reason why, in a few words
   */
  record Refused(Refusal kind, String reason) implements PublishOutcome {}

  /**
   * The publication was sent, and nobody can know whether it arrived. Carillon never retries it.
   *
   * @param reason why, in a few words
   */
  record Unknown(String reason) implements PublishOutcome {}

  /** Accepted by a broker that keeps no stream. */
  PublishOutcome ACCEPTED = new Accepted(null);
}
