package io.carillon.auth;

import java.time.Instant;

/**
 * What a client may do once it is connected.
 *
 * @param name the client's name; empty if neither the client nor its token gives one
 * @param subject the identity that the issuer of the token gave the client; empty if none. Never
 *     shown to other clients
 * @param expires when the client has to come back with a new token
 * @param subscribe the topics that it may subscribe to
 * @param publish the topics that it may publish to
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
