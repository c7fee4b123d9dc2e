package io.carillon.auth;

import java.time.Instant;

/**
 * What a client may do, once it is in.
 *
 * @param name how it is called; empty when nobody says
 * @param subject who it is to those who gave it a token; empty when nobody says. Never shown to
 *     other clients
 * @param expires when it has to come back with a new token
 * @param subscribe what it may hear
 * @param publish where it may publish
 */
public record Grant(
    String name, String subject, Instant expires, TopicPatterns subscribe, TopicPatterns publish) {

  /** Everything, for ever. */
  public static Grant unlimited(String name) {
    return new Grant(name, "", Instant.MAX, TopicPatterns.ALL, TopicPatterns.ALL);
  }

  public boolean isOver(Instant now) {
    return !now.isBefore(expires);
  }
}
