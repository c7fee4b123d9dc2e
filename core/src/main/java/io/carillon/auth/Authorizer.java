package io.carillon.auth;

import io.carillon.message.Channel;

/**
 * Decides who may come in and what they may do there. Thread-safe; called on event loops, so it
 * never blocks.
 */
public interface Authorizer {

  /** Everyone may do everything, and names themselves. */
  Authorizer OPEN = new OpenAuthorizer();

  /**
   * Whether a client may come in.
   *
   * @param token what it has shown; empty for nothing
   * @param name how it wants to be called; empty for nothing
   */
  Admission connect(String token, String name);

  /** Whether it may hear what is published to a channel. */
  Decision subscribe(Grant grant, Channel channel);

  /** Whether it may publish to a channel. */
  Decision publish(Grant grant, Channel channel);
}
