package io.carillon.auth;

import io.carillon.message.Channel;

/**
 * Decides which clients may connect and what they may do. Thread-safe; called on event loops, so it
 * never blocks.
 */
public interface Authorizer {

  /** Every client may do everything, and chooses its name. */
  Authorizer OPEN = new OpenAuthorizer();

  /**
   * Whether a client may connect.
   *
   * @param token the token that the client presents; empty for none
   * @param name the name that the client asks for; empty for none
   */
  Admission connect(String token, String name);

  /** Whether a client may receive what is published to a channel. */
  Decision subscribe(Grant grant, Channel channel);

  /** Whether a client may publish to a channel. */
  Decision publish(Grant grant, Channel channel);
}
